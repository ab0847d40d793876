using System.Text.Json;

namespace PSFineTune.Packaging;

/// <summary>One part of a checkpoint or a package.</summary>
public sealed record Part
{
    /// <summary>File name inside the folder or package, such as model.safetensors.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for, such as weights, description, label-data; a reader keeps kinds it does not know.</summary>
    public string Kind { get; init; } = "";

    public long Bytes { get; init; }

    /// <summary>Lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";
}

/// <summary>What a checkpoint or package consists of; written after all parts, so that where it is, they are.</summary>
public sealed record PartManifest
{
    /// <summary>The name it is stored by.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The newest form that this version reads, and the one it writes.</summary>
    public const int NewestSchema = 1;

    public int SchemaVersion { get; init; } = NewestSchema;

    public IReadOnlyList<Part> Parts { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Size and hash of a part as its bytes are now.</summary>
    internal static Part Describe(string name, string kind, PartSource source) =>
        new() { Name = name, Kind = kind, Bytes = source.Length, Sha256 = source.Sha256() };

    /// <summary>Writes the manifest of parts that lie in the folder already.</summary>
    /// <param name="folder">Holds every part by its name.</param>
    /// <param name="kinds">Name and kind of each part.</param>
    internal static PartManifest Write(string folder, IEnumerable<(string Name, string Kind)> kinds)
    {
        var manifest = new PartManifest { Parts = [.. kinds.Select(part => Describe(part.Name, part.Kind, PartSource.OfFile(Path.Combine(folder, part.Name))))] };
        DurableFile.WriteText(Path.Combine(folder, FileName), PlanJson.Write(manifest));
        return manifest;
    }

    /// <summary>The manifest of a folder, after every part was compared with it.</summary>
    /// <exception cref="FineTuneException">PartMissing, PartDamaged, UnsafePartName, NewerSchema, InvalidJson, CannotRead.</exception>
    internal static PartManifest Read(string folder)
    {
        var manifest = Parse(Text(Path.Combine(folder, FileName)), folder);
        manifest.Verify(folder, name => File.Exists(Path.Combine(folder, name)) ? PartSource.OfFile(Path.Combine(folder, name)) : null);
        return manifest;
    }

    /// <param name="json">The manifest's text.</param>
    /// <param name="whole">The package or folder, to name in a fault.</param>
    internal static PartManifest Parse(string json, string whole)
    {
        CheckSchema(json, NewestSchema, whole);
        var manifest = PlanJson.ReadStrict<PartManifest>(json);
        if (manifest.Parts is null || manifest.Parts.Any(part => part is not { Name: not null, Kind: not null, Sha256: not null }))
            throw Fault.DamagedPackage(whole, "its manifest has a part without a name, kind or hash");
        if (manifest.Parts.FirstOrDefault(part => !IsSafe(part.Name)) is { } unsafePart) throw Fault.UnsafePartName(whole, unsafePart.Name);
        if (Repeated(manifest.Parts.Select(part => part.Name)) is { } twice) throw Fault.DamagedPackage(whole, $"its manifest lists '{twice}' twice");
        return manifest;
    }

    /// <summary>Compares every part's size and hash.</summary>
    internal void Verify(string whole, Func<string, PartSource?> find)
    {
        foreach (var part in Parts)
        {
            var source = find(part.Name) ?? throw Fault.PartMissing(whole, part.Name);
            if (source.Length != part.Bytes) throw Fault.PartDamaged(whole, part.Name, $"has {source.Length} bytes instead of {part.Bytes}");
            if (source.Sha256() != part.Sha256) throw Fault.PartDamaged(whole, part.Name, "has content of another SHA-256");
        }
    }

    /// <summary>Refuses a newer form before its unknown properties would be taken for mistakes, and a name that stands twice in one object.</summary>
    internal static void CheckSchema(string json, int newest, string whole)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var version = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schemaVersion", out var value)
                && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
            if (JsonNames.Twice(json, StringComparer.Ordinal) is { } twice) throw Fault.DamagedPackage(whole, $"its JSON has '{twice}' twice in one object");
            if (version > newest) throw Fault.NewerSchema(whole, version, newest);
            if (version < 1) throw Fault.DamagedPackage(whole, "its JSON names no schema version of 1 or above");
        }
        catch (JsonException wrong)
        {
            throw Fault.DamagedPackage(whole, $"its JSON cannot be read: {wrong.Message}", wrong);
        }
    }

    // What Windows takes for a device, whatever the ending.
    static readonly HashSet<string> s_devices = new(
        [.. (string[])["CON", "PRN", "AUX", "NUL"], .. Enumerable.Range(0, 10).SelectMany(number => (string[])[$"COM{number}", $"LPT{number}"])], StringComparer.OrdinalIgnoreCase);

    /// <summary>Relative, of plain ASCII letters, digits, '.', '_', '-' and '/', with no empty, '.' or '..' segment and no drive; none ends with a dot or is a device's name, which Windows would write elsewhere.</summary>
    internal static bool IsSafe(string name) =>
        name.Length is > 0 and <= 200
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '/')
        && name.Split('/').All(segment => segment.Length > 0 && segment[^1] != '.' && !s_devices.Contains(segment.Split('.')[0]));

    /// <summary>The first name that occurs twice; upper and lower case are the same, as on a Windows disk.</summary>
    internal static string? Repeated(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return names.FirstOrDefault(name => !seen.Add(name));
    }

    static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(path, wrong);
        }
    }
}
