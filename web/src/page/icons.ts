/** The page's line icons, as paths on a grid of 24 units. */
export const ICONS = {
  mark: "M12 4v10m-4-4 4 4 4-4M5 19h14",
  back: "M15 5l-7 7 7 7",
  search: "M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14zm5-2 4.500 4.500",
  theme: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 8h8M12 12h9M12 16h8",
  language: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  top: "M6 11l6-6 6 6M12 5v14",
  bottom: "M6 13l6 6 6-6M12 19V5",
  read: "M5 4h9l5 5v11H5zM14 4v5h5",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  shell: "M5 7l4 5-4 5M12 17h7",
  web: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18",
  task: "M5 5h6v6H5zM13 13h6v6h-6zM8 11v5h5",
  plan: "M4 6l1.500 1.500L8 5M4 13l1.500 1.500L8 12M12 7h8M12 14h8M12 20h8",
  tool: "M12 4v4m0 8v4M4 12h4m8 0h4M9 12a3 3 0 1 0 6 0 3 3 0 0 0-6 0z",
  file: "M6 3h8l4 4v14H6z",
  alert: "M12 8v5m0 3.500h.01M12 3 2.500 20h19z",
} as const;
