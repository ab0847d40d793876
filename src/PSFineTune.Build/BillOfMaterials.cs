using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PSFineTune.Build;

/// <summary>
/// What is in the module, for those who must know: packages with licences and files with hashes, as CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json/.
/// Tools that make one from a project list what it compiles against; this lists what is in the folder, to the byte.
/// </summary>
static class BillOfMaterials
{
    public const string FileName = "sbom.cdx.json";

    static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same for the same files: its number is made from their hashes, and it tells no time.</summary>
    public static string Of(IReadOnlyList<ShippedFile> files, string version)
    {
        var own = $"pkg:generic/PSFineTune@{version}";
        var packages = files.Packages();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{file.Path}\n{file.Sha256}\n"))));
        return new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["serialNumber"] = $"urn:uuid:{NumberOf(hash)}",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject { ["type"] = "library", ["bom-ref"] = own, ["name"] = "PSFineTune", ["version"] = version, ["purl"] = own, ["licenses"] = Licences("MIT") },
            },
            ["components"] = new JsonArray([.. packages.Select(package => Component(package, files)), .. files.Where(file => file.From is null).Select(Component)]),
            ["dependencies"] = new JsonArray(new JsonObject { ["ref"] = own, ["dependsOn"] = new JsonArray([.. packages.Select(package => JsonValue.Create(package.Address))]) }),
        }.ToJsonString(s_readable) + "\n";
    }

    static JsonNode Component(ShippedPackage package, IReadOnlyList<ShippedFile> files) => new JsonObject
    {
        ["type"] = "library",
        ["bom-ref"] = package.Address,
        ["name"] = package.Id,
        ["version"] = package.Version,
        ["licenses"] = Licences(package.Licence),
        ["copyright"] = package.Copyright,
        ["purl"] = package.Address,
        ["components"] = new JsonArray([.. files.Where(file => file.From == package).Select(Component)]),
    };

    static JsonNode Component(ShippedFile file) => new JsonObject
    {
        ["type"] = "file",
        ["bom-ref"] = file.Path,
        ["name"] = file.Path,
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-256", ["content"] = file.Sha256 }),
    };

    static JsonArray Licences(string expression) => expression.Length == 0
        ? [new JsonObject { ["license"] = new JsonObject { ["name"] = $"see {LicenceNotices.FileName}" } }]
        : [new JsonObject { ["expression"] = expression }];

    // A UUID of version 8, whose bits are the maker's own (RFC 9562).
    static Guid NumberOf(ReadOnlySpan<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[16];
        hash[..16].CopyTo(bytes);
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new(bytes, bigEndian: true);
    }
}
