/** The version of this page, as the build wrote it into the document; empty where nothing was built. */
export const VERSION = document.querySelector<HTMLMetaElement>("meta[name=application-version]")?.content ?? "";
