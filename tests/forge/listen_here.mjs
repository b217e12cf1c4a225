// Makes every server of the process listen on this machine alone.
import net from "node:net";

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...given) {
  if (typeof given[0] === "object" && given[0] !== null) given[0] = { ...given[0], host: "127.0.0.1" };
  else if (typeof given[0] === "number") given = [given[0], "127.0.0.1", ...given.slice(1).filter((one) => typeof one === "function")];
  return listen.apply(this, given);
};
