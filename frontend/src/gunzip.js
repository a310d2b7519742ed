// For browsers that can't unpack by themselves: a file of its own, loaded where it is needed.

export { gunzipSync as gunzip } from "fflate";
