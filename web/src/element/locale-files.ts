/** The locale files, all of them: an element in another application's page has no second file to fetch. */
import en from "../../../py_export/locales/en.json" with { type: "json" };
import zhCN from "../../../py_export/locales/zh-CN.json" with { type: "json" };

/** Every locale by its tag. */
export const FILES = { en, "zh-CN": zhCN } satisfies Record<string, Readonly<Record<string, string>>>;
