export const menuPopup = "min-w-[13rem] rounded-lg border border-line bg-raised py-1.5 text-table shadow-pop outline-none";
export const menuItem =
  "flex min-h-[34px] w-full cursor-default items-center gap-2.5 px-3 text-left outline-none data-[highlighted]:bg-selected";
export const menuLabel = "px-3 pt-2 pb-0.5 text-caption text-faint";
