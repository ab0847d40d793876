namespace PSFineTune;

static partial class Fault
{
    const string Carry = "save the file on a machine that reaches it, carry it here and give its folder as -Source";

    public static FineTuneException WrongHash(string from, string wanted, string got, bool isLocal) => new("WrongHash", FaultKind.Security,
        $"What came from '{from}' is not the file that is known: its SHA-256 is {got}, and {(wanted.Length < 64 ? $"begins by the publisher with {wanted}" : $"has to be {wanted}")}. {(isLocal ? "It is as it was, and nothing of it was kept" : "What had come was deleted")}.",
        isLocal ? "Bring the file from its publisher again, and compare its size: a page of an error or a part of the file is smaller." : "Try again; where it stays so, the file was changed on its way or at its source: do not use it before the publisher has said why.", from);

    public static FineTuneException WrongSize(string from, long wanted, long got) => new("WrongSize", FaultKind.Mismatch,
        FormattableString.Invariant($"What '{from}' offers has {got} bytes, and the file that is known has {wanted}."),
        "Give another -Source: this one has another file of that name, or a part of it.", from);

    public static FineTuneException NoRoom(string path, long needed, long free) => new("NoRoom", FaultKind.WriteError,
        FormattableString.Invariant($"'{path}' needs {Math.Ceiling(needed / 1048576.0)} MiB more on its disk, and {free / 1048576} MiB are free."),
        "Free space there, or give a folder of another disk; a download goes on from what has come already.", path);

    public static FineTuneException DownloadNotFound(string from, string why) => new("DownloadNotFound", FaultKind.NotFound,
        $"There is no '{from}' ({why}).", "Check the address or folder; a mirror must have the file by the publisher's name.", from);

    public static FineTuneException NoneOfNames(string from, IReadOnlyList<string> names, FineTuneException? last) => new("DownloadNotFound", FaultKind.NotFound,
        $"There is no {string.Join(" or ", names.Select(name => $"'{name}'"))} where '{from}' would be.",
        "Check the address or folder; a mirror must have the file by the publisher's name. Weights in shards (a file index.json names them) are not fetched: bring their folder here and give it to a plan's -Weights.", from, last);

    public static FineTuneException NoSuchSource(string path, string wanted) => new("DownloadNotFound", FaultKind.NotFound,
        $"There is no folder or file '{path}'.", $"Give the folder that has {wanted}, or the weights file itself.", path);

    public static FineTuneException DownloadDenied(string from, int status) => new("DownloadDenied", FaultKind.Security,
        FormattableString.Invariant($"The server does not give out '{from}' to this account ({status})."),
        $"Check that the address is right and that it may be read without signing in; else {Carry}.", from);

    public static FineTuneException ProxyDenied(string from, string why) => new("ProxyDenied", FaultKind.Security,
        $"The proxy does not let '{from}' through: {why}",
        $"Give -Proxy and -ProxyCredential, or have the address allowed; else {Carry}.", from);

    public static FineTuneException CaptivePortal(string from) => new("CaptivePortal", FaultKind.Unavailable,
        $"In place of the file, '{from}' was answered with a web page: the page of a network that wants a sign-in first, of a proxy that forbids the address, or of a server that has no such file.",
        $"Open the address in a browser on this machine to see what it says; else {Carry}.", from);

    public static FineTuneException DownloadFailed(string from, int tries, string why, long done) => new("DownloadFailed", FaultKind.Unavailable,
        FormattableString.Invariant($"'{from}' broke off {tries} times without coming further than {done} bytes; the last time {why}."),
        $"Run the command again later, which goes on where it broke off; else {Carry}.", from);

    public static FineTuneException InsecureDownload(string from) => new("InsecureDownload", FaultKind.Security,
        $"'{from}' would be asked in the clear, where anyone on the way can change the answer.",
        "Use the https address, or say that it may be so with -AllowInsecure, for a mirror in a network that you trust.", from);

    public static FineTuneException InsecureRedirect(string from, string to) => new("InsecureRedirect", FaultKind.Security,
        $"'{from}' sends on to '{to}', from a connection that is protected to one that is not.",
        "Give the https address that the file is really at; a proxy that does this must be set right.", from);

    public static FineTuneException TooManyRedirects(string from, int count) => new("TooManyRedirects", FaultKind.Unavailable,
        FormattableString.Invariant($"'{from}' was sent on {count} times and is still not there."), "Give the address that the file is really at; a sign-in that is not possible here often looks like this.", from);

    public static FineTuneException NoNetwork(string from, string why, string? proxy) => new("NoNetwork", FaultKind.Unavailable,
        $"The server of '{from}' cannot be reached{(proxy is null ? "" : $" by way of the proxy '{proxy}'")}: {why}",
        $"Check the network, the name and the proxy (-Proxy, or HTTPS_PROXY); on a machine without a network, {Carry}.", from);

    public static FineTuneException UntrustedServer(string from, string why) => new("UntrustedServer", FaultKind.Security,
        $"The server of '{from}' does not prove that it is the one: {why}",
        $"Where a firewall of yours opens connections, its certificate belongs into the system's list of trusted ones; check the clock too; else {Carry}.", from);

    public static FineTuneException UnexpectedAnswer(string from, string answer) => new("UnexpectedAnswer", FaultKind.Unavailable,
        $"'{from}' was answered with {answer}.", $"Try again later or give another -Source; else {Carry}.", from);

    public static FineTuneException BadProxy(string given)
    {
        // A password may stand before the host.
        var shown = given[(given.LastIndexOf('@') + 1)..];
        return new("BadProxy", FaultKind.InvalidArgument,
            $"'{shown}' is not a proxy's address.", "Give it as http://host:port, and name and password as -ProxyCredential.", shown);
    }

    public static FineTuneException LinkInPlace(string path, string target) => new("LinkInPlace", FaultKind.Security,
        $"'{path}' is a link, to '{target}', where a file or folder of the cache has to be. Nothing was written.",
        "Whoever may write in the folder has put it there: find out who and why, then delete the link and run the command again. To keep a cache on another disk, name the folder there.", path);

    public static FineTuneException BadSource(string source) => new("BadSource", FaultKind.InvalidArgument,
        $"'{source}' is not where files can be fetched from.", "Give an https address, a folder, or a file.", source);
}
