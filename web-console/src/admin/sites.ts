// Dial plans as the form of a site has them.
export interface DialPlan {
  areaCode: string;
  extensions: string[];
  directPrefix: string;
  outsidePrefix: string;
}

/** Ranges as people write them, one a line or parted by commas. */
export const rangesOf = (text: string): string[] =>
  text
    .split(/[\n,，、;]/)
    .map((range) => range.replaceAll(' ', ''))
    .filter(Boolean);

/** Whether numbers would be read otherwise than now: then a preview is made first. */
export const planDiffers = (now: DialPlan, next: DialPlan): boolean =>
  now.areaCode !== next.areaCode || now.directPrefix !== next.directPrefix || now.outsidePrefix !== next.outsidePrefix || [...now.extensions].sort().join() !== [...next.extensions].sort().join();
