import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Notice } from "@/app/_components/ui/notice";
import { actorOf } from "@/lib/access/actor";
import { maxNameLength } from "@/lib/core/fields";
import { profileLimits, socialNetworks } from "@/lib/users/contract";
import { getUser } from "@/lib/users/get-user";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { updateProfileAction } from "../actions";
import { SettingsPage } from "../settings-page";
import { AvatarSettings } from "./avatar-settings";
import { BioField } from "./bio-field";

type Props = PageProps<"/me/profile">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("profile");
  return { title: t("title"), description: t("text") };
}

/** The form that edits the public profile. */
export default async function ProfilePage({ searchParams }: Props) {
  const user = await requireCurrentUser("/me/profile");
  const [{ saved, picture }, t, { name, nickname, image, bio, socialLinks }] = await Promise.all([
    searchParams,
    getTranslations("profile"),
    getUser(user.id, actorOf(user)),
  ]);
  return (
    <SettingsPage page="profile" title={t("title")}>
      {saved !== undefined && <Notice>{t("saved")}</Notice>}
      <div className="mt-3 max-w-[26rem]">
        <p className="text-muted">{t("text")}</p>
        <AvatarSettings name={name} image={image} outcome={picture} />
        <Form
          action={updateProfileAction}
          values={{
            name,
            nickname: nickname ?? "",
            bio: bio ?? "",
            github: socialLinks?.github ?? "",
            twitter: socialLinks?.twitter ?? "",
            linkedin: socialLinks?.linkedin ?? "",
          }}
        >
          <Field
            name="name"
            label={t("name")}
            help={t("nameHelp")}
            autoComplete="name"
            maxLength={maxNameLength}
          />
          <Field
            name="nickname"
            label={t("nickname")}
            optional
            autoComplete="nickname"
            maxLength={profileLimits.nickname}
          />
          <BioField
            label={t("bio")}
            help={t("bioHelp", { maximum: profileLimits.bio })}
            maximum={profileLimits.bio}
          />
          <Field name="github" type="url" label={socialNetworks.github} help={t("linkHelp")} optional />
          <Field name="twitter" type="url" label={socialNetworks.twitter} optional />
          <Field name="linkedin" type="url" label={socialNetworks.linkedin} optional />
          <SubmitButton working={t("saving")}>{t("save")}</SubmitButton>
        </Form>
      </div>
    </SettingsPage>
  );
}
