/** The style of a session, which comes with its view. */
import blocks from "./blocks.css?inline";
import line from "./line.css?inline";
import message from "./message.css?inline";
import session from "./session.css?inline";

export const SESSION_STYLE = [session, message, blocks, line].join("\n");
