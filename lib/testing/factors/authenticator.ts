import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { inject } from "vitest";
import type { Assertion, Registration } from "@/lib/auth/passkeys/contract";

/** Values that a faulty or malicious authenticator or browser sends instead of the right ones. */
export type Deviation = {
  origin?: string;
  rpId?: string;
  type?: string;
  isUserVerified?: boolean;
  /** The signature counter; 0 on authenticators that do not count. */
  counter?: number;
  userHandle?: string | undefined;
  challenge?: string;
};

const flags = { userPresent: 0x01, userVerified: 0x04, attestedCredential: 0x40 } as const;

/**
 * A passkey and its browser: creates real WebAuthn registrations and assertions with an ES256 key and attestation
 * `none`.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data
 */
export class Authenticator {
  readonly credentialId: string;
  private readonly keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  private userHandle = "";

  /** @param appUrl the origin of the page in the browser. */
  constructor(
    private readonly appUrl: string = inject("appUrl"),
    { credentialIdBytes = 32 } = {},
  ) {
    this.credentialId = randomBytes(credentialIdBytes).toString("base64url");
  }

  /** Creates the passkey. @returns the registration, as a browser sends it. */
  create(options: { challenge: string; user: { id: string } }, deviation: Deviation = {}): Registration {
    this.userHandle = options.user.id;
    const credentialId = Buffer.from(this.credentialId, "base64url");
    const authData = Buffer.concat([
      this.authenticatorData(deviation, flags.attestedCredential),
      Buffer.alloc(16),
      uint16(credentialId.length),
      credentialId,
      this.coseKey(),
    ]);
    // CBOR: {"fmt": "none", "attStmt": {}, "authData": authData}
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      cborText("fmt"),
      cborText("none"),
      cborText("attStmt"),
      Buffer.from([0xa0]),
      cborText("authData"),
      cborBytes(authData),
    ]);
    return {
      ...this.credential(),
      response: {
        clientDataJSON: this.clientData("webauthn.create", options.challenge, deviation).toString(
          "base64url",
        ),
        attestationObject: attestationObject.toString("base64url"),
        transports: ["internal"],
      },
    };
  }

  /** Signs a challenge. @returns the assertion, as a browser sends it. */
  get(options: { challenge: string }, deviation: Deviation = {}): Assertion {
    const clientData = this.clientData("webauthn.get", options.challenge, deviation);
    const authData = this.authenticatorData(deviation);
    const signature = sign("sha256", Buffer.concat([authData, sha256(clientData)]), this.keys.privateKey);
    return {
      ...this.credential(),
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: signature.toString("base64url"),
        userHandle: "userHandle" in deviation ? deviation.userHandle : this.userHandle,
      },
    };
  }

  private credential() {
    return { id: this.credentialId, rawId: this.credentialId, type: "public-key" } as const;
  }

  private clientData(type: string, challenge: string, deviation: Deviation): Buffer {
    const { origin = this.appUrl } = deviation;
    const content = { type, challenge, origin, crossOrigin: false };
    if (deviation.type !== undefined) content.type = deviation.type;
    if (deviation.challenge !== undefined) content.challenge = deviation.challenge;
    return Buffer.from(JSON.stringify(content));
  }

  private authenticatorData(
    { rpId = new URL(this.appUrl).hostname, isUserVerified = true, counter = 0 }: Deviation,
    moreFlags = 0,
  ): Buffer {
    const signCount = Buffer.alloc(4);
    signCount.writeUInt32BE(counter);
    const set = flags.userPresent | (isUserVerified ? flags.userVerified : 0) | moreFlags;
    return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([set]), signCount]);
  }

  /** CBOR: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} */
  private coseKey(): Buffer {
    const { x = "", y = "" } = this.keys.publicKey.export({ format: "jwk" });
    return Buffer.concat([
      Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
      cborBytes(Buffer.from(x, "base64url")),
      Buffer.from([0x22]),
      cborBytes(Buffer.from(y, "base64url")),
    ]);
  }
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** Up to 23 characters. */
function cborText(text: string): Buffer {
  return Buffer.from([0x60 + text.length, ...Buffer.from(text)]);
}

/** From 24 to 65,535 bytes, in the shortest encoding, as WebAuthn demands. */
function cborBytes(bytes: Buffer): Buffer {
  const { length } = bytes;
  const head = length < 256 ? [Buffer.from([0x58, length])] : [Buffer.from([0x59]), uint16(length)];
  return Buffer.concat([...head, bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
