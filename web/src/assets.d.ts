/** What Vite makes of an import that is not a module. */
declare module "*.css?inline" {
  const text: string;
  export default text;
}
declare module "*.css";
