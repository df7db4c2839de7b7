/** Whether tests run as root, whom no permission stops. */
export const isRoot = process.getuid?.() === 0;

/** Who owns nothing. */
export const OTHER_USER_ID = 65_534;

/** Does something as a user whom permissions stop. Only root can; nobody else must be at work in this process meanwhile. */
export async function asOtherUser<Result>(work: () => Promise<Result>): Promise<Result> {
  process.setegid?.(OTHER_USER_ID);
  process.seteuid?.(OTHER_USER_ID);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
