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

    /// <summary>A file of a source: of an address or folder, the one of that name in it; a file is itself.</summary>
    /// <param name="source">An http, https or file address, or the full path of a folder or file.</param>
    /// <param name="file">Name of the file, slashes for folders.</param>
    /// <exception cref="FineTuneException">BadSource.</exception>
    public static Uri In(string source, string file)
    {
        if (Path.IsPathFullyQualified(source)) return Local(source, file);
        if (!Uri.TryCreate(source, UriKind.Absolute, out var root) || !(root.IsFile || IsWeb(root))) throw Fault.BadSource(root is null ? source : Shown(root));
        if (root.IsFile) return Local(root.LocalPath, file);
        var escaped = string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
        return new UriBuilder(root) { Path = $"{root.AbsolutePath.TrimEnd('/')}/{escaped}" }.Uri;
    }

    /// <summary>A full path as an address, whatever characters it has.</summary>
    public static Uri OfPath(string path) => OperatingSystem.IsWindows() ? new(path) : new("file://" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));

    static Uri Local(string path, string file) => OfPath(File.Exists(path) ? path : Path.Combine(path, file.Replace('/', Path.DirectorySeparatorChar)));
}
