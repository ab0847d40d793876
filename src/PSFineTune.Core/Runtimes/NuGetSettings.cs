using System.Net;
using System.Xml;
using System.Xml.Linq;

namespace PSFineTune.Runtimes;

/// <summary>A source of packages as NuGet's settings name it.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Location">Address or full path.</param>
sealed record NuGetSourceSetting(string Name, string Location)
{
    public NetworkCredential? Credential { get; init; }

    /// <summary>Why it cannot be used here; null where it can.</summary>
    public string? Refusal { get; init; }

    public bool AllowInsecure { get; init; }

    public bool IsFolder => !Location.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !Location.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}

/// <summary>
/// The package sources configured on the machine and for the user (Microsoft Learn, "Common NuGet configurations"). Files of
/// the current folder and above are not read: what a task installs must not depend on where it was started.
/// </summary>
static class NuGetSettings
{
    /// <summary>The files there are; those that win come first.</summary>
    public static IEnumerable<string> Files
    {
        get
        {
            var (home, user) = (Folder(Environment.SpecialFolder.UserProfile), Folder(Environment.SpecialFolder.ApplicationData));
            var own = OperatingSystem.IsWindows() ? Path.Combine(user, "NuGet") : Path.Combine(home, ".nuget", "NuGet");
            var more = OperatingSystem.IsWindows() ? Path.Combine(own, "config") : Path.Combine(home, ".nuget", "config");
            var machine = Environment.GetEnvironmentVariable("NUGET_COMMON_APPLICATION_DATA") is { Length: > 0 } named ? named
                : OperatingSystem.IsWindows() ? Folder(Environment.SpecialFolder.ProgramFilesX86) : OperatingSystem.IsMacOS() ? "/Library/Application Support" : "/etc/opt";
            string[] plain = [Path.Combine(own, "NuGet.Config"), Path.Combine(own, "nuget.config"), Path.Combine(own, "NuGet.config"), Path.Combine(user, "NuGet", "NuGet.Config")];
            return [.. plain.Where(File.Exists).Take(1), .. In(more, SearchOption.TopDirectoryOnly), .. In(Path.Combine(machine, "NuGet", "Config"), SearchOption.AllDirectories)];
        }
    }

    /// <summary>The enabled sources, in the order that they are asked.</summary>
    /// <param name="files">Files of settings; those that win come first.</param>
    /// <exception cref="FineTuneException">BadNuGetConfig.</exception>
    public static IReadOnlyList<NuGetSourceSetting> Sources(IEnumerable<string> files)
    {
        var sources = new Dictionary<string, (XElement Entry, string Folder)>(StringComparer.OrdinalIgnoreCase);
        var disabled = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        var credentials = new Dictionary<string, XElement>(StringComparer.OrdinalIgnoreCase);
        // From the farthest to the nearest, as each may change or clear what those before it said.
        foreach (var file in files.Reverse())
        {
            var (root, folder) = (Root(file), Path.GetDirectoryName(Path.GetFullPath(file))!);
            Merge(root, "packageSources", sources.Clear, entry => sources[Attribute(entry, "key")] = (entry, folder));
            Merge(root, "disabledPackageSources", disabled.Clear, entry => disabled[Attribute(entry, "key")] = string.Equals(Attribute(entry, "value"), "true", StringComparison.OrdinalIgnoreCase));
            foreach (var entry in root.Elements("packageSourceCredentials").Elements()) credentials[XmlConvert.DecodeName(entry.Name.LocalName)] = entry;
        }
        return [.. from pair in sources where !disabled.GetValueOrDefault(pair.Key) select Source(pair.Key, pair.Value.Entry, pair.Value.Folder, credentials.GetValueOrDefault(pair.Key))];
    }

    static NuGetSourceSetting Source(string name, XElement entry, string folder, XElement? credential)
    {
        var value = Environment.ExpandEnvironmentVariables(Attribute(entry, "value").Trim());
        var plain = new NuGetSourceSetting(name, value) { AllowInsecure = string.Equals(Attribute(entry, "allowInsecureConnections"), "true", StringComparison.OrdinalIgnoreCase) };
        if (plain.IsFolder) return plain with { Location = Path.GetFullPath(Uri.TryCreate(value, UriKind.Absolute, out var address) && address.IsFile ? address.LocalPath : value, folder) };
        if (Attribute(entry, "protocolVersion") == "2" || !Uri.TryCreate(value, UriKind.Absolute, out var feed) || !feed.AbsolutePath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return plain with { Refusal = "its address is not the index.json of a feed of NuGet's version 3" };
        return credential is null ? plain : Vouched(plain, credential);
    }

    static NuGetSourceSetting Vouched(NuGetSourceSetting source, XElement credential)
    {
        string? Of(string key) => credential.Elements("add").FirstOrDefault(entry => string.Equals(Attribute(entry, "key"), key, StringComparison.OrdinalIgnoreCase)) is { } entry ? Environment.ExpandEnvironmentVariables(Attribute(entry, "value")) : null;
        return Of("ClearTextPassword") is { } password ? source with { Credential = new(Of("Username") ?? "", password) }
            : Of("Password") is not null ? source with { Refusal = "its password is encrypted for NuGet alone: give -Source with -Credential, or configure ClearTextPassword" } : source;
    }

    static void Merge(XElement root, string section, Action clear, Action<XElement> add)
    {
        foreach (var entry in root.Elements(section).Elements())
        {
            if (entry.Name.LocalName == "clear") clear();
            else if (entry.Name.LocalName == "add" && Attribute(entry, "key").Length > 0) add(entry);
        }
    }

    static XElement Root(string file)
    {
        try
        {
            using var reader = XmlReader.Create(file, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Root!;
        }
        catch (Exception wrong) when (wrong is XmlException or IOException or UnauthorizedAccessException)
        {
            throw Fault.BadNuGetConfig(file, wrong);
        }
    }

    static string Attribute(XElement entry, string name) => (string?)entry.Attribute(name) ?? "";

    static string Folder(Environment.SpecialFolder folder) => Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);

    static IEnumerable<string> In(string folder, SearchOption depth) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", depth).Where(file => file.EndsWith(".config", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal) : [];
}
