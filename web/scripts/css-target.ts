/** The oldest browsers that the styles are written for. Older ones would have `light-dark()` rewritten, which a shadow root does not survive. */
export const CSS_TARGET = ["chrome123", "firefox120", "safari17.5"];
