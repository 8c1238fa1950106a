// The browser comes from Debian or from a registry package; an install must not download one.
module.exports = { skipDownload: true };
