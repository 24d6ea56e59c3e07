/** The element's line icons, as paths on a grid of 24 units. */
export const ICONS = {
  more: "M5 12h.01M12 12h.01M19 12h.01",
  download: "M12 4v11m-5-5 5 5 5-5M5 20h14",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  alert: "M12 8v5m0 3.5h.01M12 3 2.5 20h19z",
} as const;
