// Notes what a page complains about, from its load event on, for an engine that tells its driver nothing of the console.
() => {
  const noted = (window.complaints = []);
  for (const level of ["error", "warn"]) {
    const own = console[level];
    console[level] = (...said) => {
      noted.push(said.join(" "));
      own.apply(console, said);
    };
  }
  const failed = (event) => {
    noted.push(event.message ?? `did not load: ${event.target.outerHTML}`);
  };
  addEventListener("error", failed, { capture: true });
  addEventListener("unhandledrejection", ({ reason }) => noted.push(String(reason)));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => noted.push(`${violatedDirective} ${blockedURI}`));
};
