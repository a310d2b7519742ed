// gunzip for browsers without DecompressionStream: a separate file, loaded only where it is needed.

export { gunzipSync as gunzip } from "fflate";
