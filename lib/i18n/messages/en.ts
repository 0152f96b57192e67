/**
 * Every English sentence of the site and the API. `ko.ts` has the same keys, which its type demands.
 * `{name}` is filled in; see the ICU message syntax for plurals.
 */
export const en = {
  /** One sentence an error code: for the API's `message` and for the forms. */
  errors: {
    "auth/account-already-linked": "This account is linked already.",
    "auth/account-banned": "This account has been suspended.",
    "auth/already-verified": "This address is confirmed already.",
    "auth/cannot-unlink-last-account": "It is the only way left to sign in. Add another one first.",
    "auth/email-already-exists": "That email address is already registered.",
    "auth/invalid-callback-url": "This callbackUrl is not allowed here.",
    "auth/invalid-credentials": "The email address or the password is not right.",
    "auth/invalid-email": "Enter an email address such as name@example.com.",
    "auth/invalid-oauth-code":
      "What the provider gave for signing in is not valid, or not any more. Begin again.",
    "auth/invalid-password-format": "This password cannot be used.",
    "auth/invalid-refresh-token": "The refresh token is not valid. Sign in again.",
    "auth/invalid-token": "The token is not valid. Sign in again.",
    "auth/oauth-callback-failed": "The provider did not answer as it should. Try again in a moment.",
    "auth/oauth-cancelled": "Signing in was cancelled at the provider.",
    "auth/oauth-not-configured": "Signing in with this provider is not set up here.",
    "auth/same-password": "The new password is the same as the old one.",
    "auth/session-not-found": "There is no such session.",
    "auth/token-expired": "The token has expired.",
    "auth/too-many-requests": "Too many attempts. Try again in a while.",
    "auth/unauthorized": "Sign in first.",
    "auth/unsupported-provider": "There is no signing in with this provider here.",
    "common/internal-error": "Something went wrong on our side. Try again in a moment.",
    "common/invalid-api-key": "The API key is not valid.",
    "common/invalid-json": "The body is not valid JSON.",
    "common/invalid-project": "There is no such project or environment here.",
    "common/method-not-allowed": "This method is not offered here.",
    "common/missing-header": "Send an X-API-Key header, or X-Project-Id with X-Environment.",
    "common/not-found": "There is nothing at this address.",
    "common/payload-too-large": "The body is larger than 1 MiB.",
    "common/too-many-requests": "Too many requests. Try again in a moment.",
    "common/unavailable": "The service is not available right now. Try again in a moment.",
    "common/unsupported-media-type": "Send the body as application/json.",
    "common/validation-error": "Some of what was sent is not right.",
    "data/duplicate-value": "There is one like it already.",
    "data/not-found": "There is no such record.",
    "data/permission-denied": "Only its author may do that.",
    "data/table-not-found": "There is no such table.",
    "data/validation-error": "Some of what was sent is not right.",
    "file/access-denied": "This address is not, or no longer, good for that.",
    "file/file-too-large": "A picture may have 5 MiB at most.",
    "file/invalid-format": "This is not a JPEG, PNG, GIF or WebP picture that can be read.",
    "file/invalid-name": "A file name has 1 to 255 characters, and no slashes or control characters.",
    "file/not-found": "There is no such file.",
    "user/forbidden": "Only the person themselves may do that.",
    "user/not-found": "There is no such person.",
  },
  /** What an endpoint answers when all went well. */
  answers: {
    signedOut: "You are signed out.",
    passwordResetRequested: "If there is an account with this address, a mail is on its way.",
    passwordReset: "Your password is changed. Sign in with the new one.",
    passwordChanged: "Your password is changed.",
    verificationSent: "If this address waits to be confirmed, a mail is on its way.",
    emailVerified: "Email verified successfully",
    sessionEnded: "The session is ended.",
    userDeleted: "The account is deleted.",
    avatarRemoved: "The picture is removed.",
    accountUnlinked: "This way to sign in is taken off.",
  },
  /** What every page has around it. */
  frame: {
    skip: "Skip to the text",
    navigation: "Site",
    write: "Write",
    search: "Search",
    signIn: "Sign in",
    me: "You: {name}",
    language: "Language",
    theme: "Theme",
    themeSystem: "System",
    themeLight: "Light",
    themeDark: "Dark",
    smallPrint: "Small print",
    terms: "Terms",
    privacy: "Privacy",
  },
  /** What lists of articles say. */
  list: {
    newer: "Newer",
    older: "Older",
    pages: "Pages",
    page: "Page {page} of {totalPages}",
    draft: "Draft",
    published: "Published",
    minutes: "{minutes, plural, one {# minute} other {# minutes}}",
    noAuthor: "The author has left",
  },
  timeline: {
    emptyTitle: "Nothing has been published yet.",
    empty: "The first article could be yours.",
    writeFirst: "Write the first article",
    pageTitle: "Page {page}",
  },
  article: {
    updated: "Changed {date}",
    contents: "Contents",
    draftNotice: "This is a draft. Nobody but you can see it.",
    edit: "Edit",
    publish: "Publish",
    unpublish: "Back to draft",
    delete: "Delete",
    working: "One moment",
    tools: "Your article",
  },
  /** What stands around the Markdown of an article. */
  markdown: {
    footnotes: "Footnotes",
    backToText: "Back to the text",
    code: "Code",
    copy: "Copy",
    copied: "Copied",
    taskDone: "Done",
    taskOpen: "To do",
  },
  articles: {
    title: "Your articles",
    description: "Everything you have written, drafts included.",
    search: "Search in your articles",
    searchButton: "Search",
    all: "All",
    published: "Published",
    drafts: "Drafts",
    filter: "Show",
    new: "New article",
    emptyTitle: "You have not written anything yet.",
    empty: "Drafts and published articles will stand here. Only you see the drafts.",
    nothingFound: "Nothing of yours matches.",
    showAll: "Show everything",
  },
  editor: {
    newTitle: "New article",
    editTitle: "Edit the article",
    title: "Title",
    category: "Category",
    categoryHelp: "One word or two.",
    coverImage: "Cover picture",
    coverImageHelp: "An address that begins with https://.",
    content: "Text",
    contentHelp: "In Markdown: # heading, **bold**, - list, > quote, ``` code.",
    saveDraft: "Save as draft",
    publish: "Publish",
    save: "Save",
    unpublish: "Back to draft",
    saving: "Saving",
    preview: "Preview",
    closePreview: "Close the preview",
    previewing: "Preparing the preview",
    previewEmpty: "Write something, and it is shown here.",
    previewFailed: "The preview cannot be shown right now. Your text is untouched.",
    cancel: "Cancel",
  },
  deletion: {
    title: "Delete this article?",
    text: "“{title}” will be gone for good. This cannot be undone.",
    confirm: "Delete for good",
    deleting: "Deleting",
    cancel: "Keep it",
  },
  search: {
    title: "Search",
    label: "Search in titles and texts",
    button: "Search",
    hint: "Part of a word is enough.",
    found:
      "{total, plural, =0 {Nothing matches “{search}”.} one {One article has “{search}”.} other {# articles have “{search}”.}}",
    nothing: "Try a shorter word, or only its beginning.",
    resultsTitle: "“{search}”",
  },
  signUp: {
    title: "Sign up",
    description: "Get an account to write here.",
    name: "Name",
    nameHelp: "It stands beside what you publish.",
    email: "Email address",
    password: "Password",
    passwordMinimum: "At least {minimum, plural, one {# character} other {# characters}}.",
    passwordUppercase: "With an upper-case letter.",
    passwordLowercase: "With a lower-case letter.",
    passwordNumber: "With a digit.",
    passwordSpecial: "With a special character.",
    termsAccepted: "I agree to the <link>terms of service</link>.",
    privacyAccepted: "I agree to the <link>privacy policy</link>.",
    submit: "Sign up",
    submitting: "Signing up",
    haveAccount: "You have an account already?",
    signIn: "Sign in",
  },
  signIn: {
    title: "Sign in",
    description: "Sign in to write here.",
    email: "Email address",
    password: "Password",
    submit: "Sign in",
    submitting: "Signing in",
    noAccount: "No account yet?",
    signUp: "Sign up",
  },
  forgotPassword: {
    title: "Forgot your password?",
    description: "Have a link mailed with which you choose a new one.",
    text: "Name the address that you signed up with. We mail you a link with which you choose a new password.",
    email: "Email address",
    submit: "Send the link",
    submitting: "Sending",
    sentTitle: "Look into your mail",
    sent: "If there is an account with that address, a link is on its way. It works once, within an hour.",
    notThere: "Nothing there after a few minutes? Look among the spam, or check the address and ask again.",
    again: "Ask again",
    back: "Back to sign-in",
  },
  resetPassword: {
    title: "Choose a new password",
    description: "The page behind the link of the mail.",
    text: "For the account of {email}. Every device is signed out, and you sign in anew.",
    newPassword: "New password",
    submit: "Set the password",
    submitting: "Setting it",
    expiredTitle: "This link has run out",
    expired: "It worked for an hour. Ask for another; your old password is unchanged until then.",
    invalidTitle: "This link does not work",
    invalid:
      "It may have been used already, or a newer one may have been sent. The newest mail has the one that works.",
    again: "Ask for another link",
  },
  verifyEmail: {
    title: "Confirm your address",
    description: "The page behind the link of the mail.",
    waiting: "We sent a mail to {email}. Its link confirms that the address is yours; it works for 24 hours.",
    sent: "A mail is on its way, if the address waits to be confirmed.",
    notThere: "Nothing there after a few minutes? Look among the spam, or have it sent again.",
    resend: "Send it again",
    resending: "Sending",
    pause: "You can ask again in {seconds, plural, one {# second} other {# seconds}}.",
    email: "Email address",
    verifiedTitle: "Your address is confirmed",
    verified: "Thank you. {email} is yours, and there is nothing more to do.",
    alreadyTitle: "This address is confirmed already",
    already: "The link has done its work before. There is nothing more to do.",
    expiredTitle: "This link has run out",
    expired: "It worked for 24 hours. Have another one sent.",
    invalidTitle: "This link does not work",
    invalid: "A newer one may have been sent, or a part of it was lost on the way. Have another one sent.",
    confirmText: "Confirm that {email} is yours.",
    confirm: "Confirm this address",
    confirming: "Confirming",
    toMe: "To your account",
    toSignIn: "Sign in",
    home: "To the front page",
  },
  unverified: {
    text: "Your address {email} is not confirmed yet.",
    resend: "Send the link again",
    resending: "Sending",
  },
  security: {
    passwordTitle: "Password",
    passwordText: "The other devices on which you are signed in are signed out.",
    currentPassword: "Current password",
    newPassword: "New password",
    changePassword: "Change the password",
    changingPassword: "Changing it",
    passwordChanged: "Your password is changed, and the other devices are signed out.",
    addressTitle: "Email address",
    addressDescription: "Change the address that your account uses.",
    addressText: "We mail a link to the new address. Until it is opened, {email} stays.",
    newAddress: "New address",
    changeAddress: "Send the link",
    changingAddress: "Sending",
    addressSent: "A mail is on its way to the new address. Its link works for 24 hours.",
    pending: "{email} waits to be confirmed: open the link in the mail that we sent there.",
    cancelPending: "Keep the present address",
    cancellingPending: "One moment",
    forgot: "Forgot it?",
    resetDone: "Your password is changed. Sign in with the new one.",
  },
  me: {
    title: "You",
    description: "Your account.",
    name: "Name",
    email: "Email address",
    verified: "confirmed",
    unverified: "not confirmed yet",
    since: "Here since",
    page: "Your page",
    asOthersSee: "As others see it",
    devices: "Devices",
    signedIn: "Signed in on {total, plural, one {# device} other {# devices}}",
    role: "Role",
    roles: { admin: "Administrator", user: "Author", guest: "Guest" },
    articles: "Your articles",
    write: "Write an article",
    signOut: "Sign out",
    signingOut: "Signing out",
  },
  /** The pages of the settings, by which they are chosen. */
  settings: {
    navigation: "Your account",
    overview: "You",
    profile: "Profile",
    password: "Password",
    address: "Email address",
    sessions: "Devices",
    data: "Your data",
  },
  profile: {
    title: "Profile",
    text: "What others see of you, beside your articles and on your page.",
    name: "Name",
    nameHelp: "It stands beside what you publish.",
    nickname: "Nickname",
    bio: "About you",
    bioHelp: "A few sentences, up to {maximum} characters.",
    linkHelp: "The address of your page there. It begins with https://.",
    save: "Save",
    saving: "Saving",
    saved: "Your profile is saved.",
    picture: "Picture",
    pictureHelp: "JPEG, PNG, GIF or WebP, up to 5 MiB. The middle of it is shown, as a circle.",
    choosePicture: "Choose a picture",
    changePicture: "Choose another picture",
    sendPicture: "Upload",
    sendingPicture: "Uploading",
    pictureProgress: "Upload",
    checkingPicture: "Preparing the picture",
    pictureSaved: "Your picture is saved.",
    pictureRemoved: "Your picture is removed.",
    removePicture: "Remove",
    removingPicture: "Removing",
    pictureFailed: "The upload did not get through. Check the connection and choose the picture again.",
  },
  /** Where one is signed in. */
  sessions: {
    title: "Devices",
    text: "Where you are signed in. If you do not recognise a device, sign it out and change your password.",
    device: "{browser} on {system}",
    unknownDevice: "An unknown device",
    current: "this one",
    active: "active now",
    lastActive: "active {when}",
    since: "signed in on {date}",
    end: "Sign out<hidden> {device}</hidden>",
    ending: "Signing out",
    endOthers: "Sign out all other devices",
    ended: "That device is signed out.",
    othersEnded: "All other devices are signed out.",
    place:
      "The number is the network address that the device signed in from. To find out where that is, it would have to be told to another company, so it is not looked up.",
  },
  /** Taking along what is one's own, and leaving. */
  data: {
    title: "Your data",
    description: "Download what is stored about you, or delete your account.",
    downloadTitle: "Download",
    downloadText:
      "Everything that is stored about you, in one JSON file: your profile, what you agreed to, your devices, bookmarks and tags, which files you uploaded, and all your articles, drafts included.",
    download: "Download your data",
    deleteTitle: "Delete your account",
    deleteText: "This happens at once and cannot be undone.",
    goes: "What goes",
    goesText:
      "Your profile, your drafts and bookmarks, and your sign-in on every device. Your email address is free again.",
    stays: "What stays",
    staysText:
      "The articles that you published, without your name. If you do not want that, delete them first.",
    confirmation: "Your email address",
    confirmationHelp: "To be sure that you mean it, type {email}.",
    delete: "Delete the account for good",
    deleting: "Deleting",
  },
  goodbye: {
    title: "Goodbye",
    text: "Your account is deleted, and your email address is free again. What you published is still here, without your name. Thank you for having written.",
    home: "To the front page",
  },
  /** The page of a person. */
  person: {
    description: "What {name} has published here.",
    since: "Here since {date}",
    edit: "Edit your profile",
    empty: "Nothing has been published yet.",
    banned: "This account has been suspended.",
  },
  form: {
    /** Before the message of a form or field, for those who do not see the icon. */
    error: "Error:",
    connection: "The server could not be reached. What you wrote is still here; try again.",
    optional: "optional",
  },
  notFound: {
    title: "There is nothing here.",
    text: "The page may have moved, been deleted, or never been published.",
    home: "To the front page",
    search: "Search",
  },
  failure: {
    title: "Something went wrong on our side.",
    text: "Nothing of yours is lost. Try again in a moment; if it happens again, tell us the number below.",
    number: "Number:",
    retry: "Try again",
    home: "To the front page",
  },
  /** Placeholders in Markdown: whoever runs the blog replaces them with what is true for it. */
  terms: {
    title: "Terms of service",
    description: "What applies to those who write here.",
    text: `
> This is placeholder text that came with the software. It is not legal advice. Whoever runs this blog has to replace it before anybody signs up.

## What this is

This blog lets people who sign up write articles and publish them. Reading needs no account.

## What you write

It stays yours. By publishing it you allow this blog to show it to everybody, until you take it back or delete it. You answer for what you publish: do not publish what is against the law or belongs to somebody else.

## Your account

Keep your password to yourself. Accounts that are used against these terms can be suspended.

## What is not promised

The blog is run as well as its owner can. It may be away for a while, and it may end; keep a copy of what matters to you.
`,
  },
  privacy: {
    title: "Privacy policy",
    description: "What is stored about you here, and why.",
    text: `
> This is placeholder text that came with the software. It says what the software does as delivered, and it is not legal advice. Whoever runs this blog has to check it, complete it and say who is responsible.

## What is stored

- Your name and email address, because articles have authors and accounts need an address.
- What you tell about yourself in your profile, if you do.
- Your password, as a bcrypt hash from which it cannot be read.
- Which version of the terms and of this policy you agreed to, and when.
- For each sign-in: when it was, when it was last used, and the browser and the network address it came from.
- What you write.

You see and download all of it in your account. You can delete the account there, too: what you published stays then, without your name.

## Cookies

One that keeps you signed in, one for the language and one for the theme if you choose them. There are none for advertising or measuring.

## Who sees it

Your name stands beside the articles that you publish, and everybody can see your profile. Your email address is not shown. Mails to you are sent through a mail service.

Pictures in articles can lie on other servers, which then learn the network address of whoever looks at them.
`,
  },
  /** What the blog sends by mail, template by template. */
  mails: {
    frame: {
      greeting: "Hello {name},",
      greetingWithoutName: "Hello,",
      fullLink: "The link in full:",
      reason: "This mail was sent because of an account at {site}.",
    },
    "verify-sign-up": {
      subject: "Confirm your address for {site}",
      title: "Confirm your address",
      text: "Thank you for signing up. Confirm that this address is yours, and everything is ready.",
      button: "Confirm this address",
      note: "The link works for 24 hours. If you did not sign up, you need not do anything.",
    },
    "reset-password": {
      subject: "Choose a new password for {site}",
      title: "Choose a new password",
      text: "You asked for a new password. Choose it here; until you do, the old one stays as it is.",
      button: "Choose a new password",
      note: "The link works once, within an hour. If it was not you who asked, you need not do anything.",
    },
    "password-changed": {
      subject: "Your password at {site} was changed",
      title: "Your password was changed",
      text: "It happened on {when}. If it was you, all is well and there is nothing to do.",
      alarm: "If it was not you, choose a new password now. That signs out every device.",
      button: "Choose a new password",
    },
    "verify-new-address": {
      subject: "Confirm this address for {site}",
      title: "Confirm this address",
      text: "Confirm that {email} is yours, and your account at {site} will use it. Until then nothing changes.",
      button: "Confirm this address",
      note: "The link works for 24 hours. If you know nothing of this, you need not do anything.",
    },
    "address-changed": {
      subject: "Your address at {site} was changed",
      title: "Your address was changed",
      text: "Since {when} your account uses {newEmail} in place of this address. If it was you, all is well and there is nothing to do.",
      alarm:
        "If it was not you, somebody else may be in your account. Answer this mail, so that we can help.",
    },
    "token-reused": {
      subject: "We ended one of your sessions at {site}",
      title: "We ended one of your sessions",
      text: "On {when} a sign-in that had already been renewed was used again. Somebody may have copied it, so we ended it. On that device you need to sign in once more.",
      alarm: "If you cannot explain it, choose a new password. That signs out every device.",
      button: "Choose a new password",
    },
  },
  /** The page where the development server shows its mails. */
  mailbox: {
    title: "Mailbox",
    description:
      "What was sent by mail, newest first. It stays on this machine while RESEND_API_KEY is not set.",
    empty: "No mail yet. Sign up, and the first one will be here.",
    to: "to {to}",
    text: "As plain text",
    json: "As JSON",
  },
  /** What is wrong with one field. */
  validation: {
    required: "This is needed.",
    invalid: "This is not right.",
    text: "This must be text.",
    number: "This must be a whole number.",
    boolean: "This must be true or false.",
    list: "This must be a list.",
    object: "This must be an object.",
    tooShort: "Use at least {minimum, plural, one {# character} other {# characters}}.",
    tooLong: "Use at most {maximum, plural, one {# character} other {# characters}}.",
    tooManyItems: "Name at most {maximum}.",
    tooSmall: "This must be at least {minimum}.",
    tooBig: "This must be at most {maximum}.",
    oneOf: "This must be one of {options}.",
    unknownField: "This field is not taken here.",
    unsafeText: "This contains characters that cannot be stored.",
    exactlyOneProof: "Send exactly one of code, idToken and token.",
    onlyFromGoogle: "Only Google gives id tokens.",
    mustAgree: "Please agree to this to go on.",
    imageAddress: "Use an address that begins with https://, or one on this site.",
    filter: "This filter is not understood.",
    slug: "Use letters, digits, hyphens, dots, underscores and tildes.",
    unknownTag: "There is no such tag.",
    wrongPassword: "This is not the current password.",
    httpsAddress: "Use an address that begins with https://.",
    notFromOneself: "Nobody may change this for themselves.",
    ownAddress: "This is not the address of your account.",
    ownFile: "Use the key of a public picture that you have uploaded, or an address.",
    ownImage: "Use a picture that was uploaded as this avatar.",
    passwordTooLong: "Use at most 72 bytes; longer passwords would be cut.",
    passwordUppercase: "Use at least one upper-case letter.",
    passwordLowercase: "Use at least one lower-case letter.",
    passwordNumber: "Use at least one digit.",
    passwordSpecial: "Use at least one character that is neither a letter nor a digit.",
    passwordCommon: "This password is among the most common ones. Choose another.",
  },
};

export type Messages = typeof en;
