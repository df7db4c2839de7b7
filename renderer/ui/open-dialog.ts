/** Whether a dialog or a menu is open, which has the window's keys and what is dropped and pasted to itself. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role$="dialog"], [role="menu"]') !== null;
}
