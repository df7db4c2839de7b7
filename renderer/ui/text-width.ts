const context = document.createElement('canvas').getContext('2d');

/** Measures a text on one line in a font, given as CSS writes it, in pixels; 0 where nothing can be drawn. */
export function measureTextIn(font: string, text: string): number {
  if (context === null) return 0;
  // Setting the same one again is free.
  context.font = font;
  return context.measureText(text).width;
}

/** Gives the font of an element as CSS writes it; reading it lays nothing out. */
export function fontOf(element: Element): string {
  return getComputedStyle(element).font;
}
