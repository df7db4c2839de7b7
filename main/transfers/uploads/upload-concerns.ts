import type { UploadConcern } from '#app/transfers/transfer.ts';

/** Names of files that hold keys, passwords or other credentials, whatever folder they are in. */
const SECRET_NAMES: readonly RegExp[] = [
  // Environment files, but not the ones that are made to be shared.
  /^(?!.*\.(example|sample|template|dist|defaults?)$)(\.env(\..+)?|.+\.env|\.envrc)$/,
  // Private keys of SSH; the public half ends in .pub.
  /^(id_(rsa|dsa|ecdsa|ed25519|xmss)(_sk)?|ssh_host_\w+_key)$/,
  /\.(pem|key|p8|p12|pfx|ppk|jks|keystore|bks|keytab|ovpn)$/,
  // Databases of password managers, keychains and browsers.
  /\.(kdbx?|agilekeychain|opvault|1pux|keychain(-db)?)$/,
  /^(key[34]\.db|logins\.json|signons\.sqlite|cookies(\.sqlite)?|login data|wallet\.dat|secring\.gpg)$/,
  // What programs keep to sign in with.
  /^(\.netrc|_netrc|\.npmrc|\.yarnrc\.yml|\.pypirc|\.pgpass|pgpass\.conf|\.my\.cnf|\.mylogin\.cnf|\.dockercfg|\.htpasswd|\.s3cfg|\.boto|\.git-credentials|\.vault-token|\.terraformrc|kubeconfig|rclone\.conf)$/,
  /^(credentials?|secrets?|client[-_]secrets?.*|service[-_]?account.*)(\.(json|ya?ml|toml|ini|csv|xml|properties))$/,
  /^credentials?$/,
  // States and variables of Terraform hold what they set up in plain text.
  /\.(tfstate|tfvars)(\.backup|\.json)?$/,
  /^\..+_history$/,
];

/** Folders of which every file is taken for a secret. */
const SECRET_FOLDERS = /^(\.ssh|\.gnupg|\.aws|\.azure|\.kube|\.docker|\.password-store|\.gcloud|\.minikube)$/;

/** Names of lock files, unfinished downloads and other leftovers of programs that are still running or have crashed. */
const LEFTOVER_NAMES: readonly RegExp[] = [
  // Microsoft Office, LibreOffice, Access, Emacs, Vim, and others.
  /^~\$/,
  /^\.~lock\..*#$/,
  /\.(ldb|laccdb|lck|idlk)$/,
  /^(#.+#|\.#.+)$/,
  /\.sw[a-p]$/,
  /.~$/,
  // Downloads of Firefox, Chromium, Safari, Opera, and of this app.
  /\.(part|partial|crdownload|download|opdownload|filepart|!ut)$/,
  /\.(tmp|temp)$/,
];

/** Folders of what was deleted, by system. */
const TRASH_FOLDERS = /^(\.trash(es|-\d+)?|\$recycle\.bin|recycler)$/;

/** Folders that are hidden even where a person chose them themselves: nobody reads the files in them. */
const VERSION_CONTROL_FOLDERS = /^\.(git|hg|svn|bzr)$/;

/** Tells whether a file that was given by itself should be asked about before it is sent: only where it is likely a secret. */
export function findConcernOfFile(name: string): UploadConcern | null {
  return isSecretName(name) ? 'secret' : null;
}

/**
 * Tells why a file somewhere in a folder that was given should be asked about before it is sent; null when it is an
 * ordinary one. `folder` is the name of the folder that was given, `segments` lead from it to the file. What a system
 * hides by an attribute instead of its name is not seen.
 */
export function findConcernInFolder(folder: string, segments: readonly string[]): UploadConcern | null {
  const names = segments.map((segment) => segment.toLowerCase());
  const fileName = names.at(-1) ?? '';
  const folders = [folder.toLowerCase(), ...names.slice(0, -1)];
  if (isSecretName(fileName) || folders.some((name) => SECRET_FOLDERS.test(name))) return 'secret';
  const isLeftover = LEFTOVER_NAMES.some((rule) => rule.test(fileName));
  if (isLeftover || folders.some((name) => TRASH_FOLDERS.test(name))) return 'leftover';
  const isHidden = names.some((name) => name.startsWith('.'));
  return isHidden || folders.some((name) => VERSION_CONTROL_FOLDERS.test(name)) ? 'hidden' : null;
}

/** A private key in one of the formats of RFC 7468, OpenSSH and PGP, or in PuTTY's. */
const PRIVATE_KEY = /^\s*(-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----|PuTTY-User-Key-File-\d)/;
const PRIVATE_KEY_BYTES = 256;

/** Tells whether a file is a private key, whatever its name, by how it begins. */
export function isPrivateKey(head: Buffer): boolean {
  return PRIVATE_KEY.test(head.toString('latin1', 0, PRIVATE_KEY_BYTES));
}

function isSecretName(name: string): boolean {
  const lowered = name.toLowerCase();
  return SECRET_NAMES.some((rule) => rule.test(lowered));
}
