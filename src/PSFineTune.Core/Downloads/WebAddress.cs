namespace PSFineTune.Downloads;

/// <summary>Addresses: what may be asked how, and how they are shown.</summary>
static class WebAddress
{
    /// <summary>For messages and records: without user, password and query, any of which may be a secret.</summary>
    public static string Shown(Uri address) => address.IsFile ? address.LocalPath : address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    public static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    /// <exception cref="FineTuneException">BadSource: not an address that can be asked; InsecureDownload: it would be asked in the clear.</exception>
    public static void Check(Uri address, bool allowInsecure)
    {
        if (address is not { IsAbsoluteUri: true } || !(address.IsFile || IsWeb(address))) throw Fault.BadSource(address.IsAbsoluteUri ? Shown(address) : address.OriginalString);
        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !allowInsecure) throw Fault.InsecureDownload(Shown(address));
    }

    /// <summary>A file below an address.</summary>
    /// <param name="source">An http or https address.</param>
    /// <param name="folder">As it stands in an address, escaped, with a slash at its end; empty for none.</param>
    /// <param name="file">Name of the file as it is.</param>
    /// <exception cref="FineTuneException">BadSource.</exception>
    public static Uri In(string source, string folder, string file)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var root) || !IsWeb(root)) throw Fault.BadSource(root is null ? source : Shown(root));
        return new UriBuilder(root) { Path = $"{root.AbsolutePath.TrimEnd('/')}/{folder}{Uri.EscapeDataString(file)}" }.Uri;
    }

    /// <summary>The path that a source means, which is one already or a file address; null for other addresses.</summary>
    public static string? LocalPath(string source) => Path.IsPathFullyQualified(source) ? source : Uri.TryCreate(source, UriKind.Absolute, out var address) && address.IsFile ? address.LocalPath : null;

    /// <summary>A full path as an address, whatever characters it has.</summary>
    public static Uri OfPath(string path) => OperatingSystem.IsWindows() ? new(path) : new("file://" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
}
