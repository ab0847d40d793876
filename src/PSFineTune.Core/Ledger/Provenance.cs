using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace PSFineTune.Ledger;

/// <summary>Who and what does something here: account, machine, script, module and the native libraries it runs on.</summary>
static class Provenance
{
    static readonly string[] s_own = ["PSFineTune.Core.dll", "PSFineTune.dll"];

    // Parts of file names: what computes tensors and decodes pictures.
    static readonly string[] s_native = ["torch", "c10", "omp", "onnxruntime", "skiasharp", "mkl", "cudnn", "cublas"];

    // Half a gigabyte of libraries is read once in a process.
    static readonly ConcurrentDictionary<string, string?> s_hashes = new();

    /// <summary>A draft of an entry with all of that filled in.</summary>
    /// <param name="script">The script that asked for it; null or empty for none.</param>
    public static LedgerEntry Of(string? script) => new()
    {
        User = OperatingSystem.IsWindows() ? $@"{Environment.UserDomainName}\{Environment.UserName}" : Environment.UserName,
        Host = Environment.MachineName,
        Script = string.IsNullOrEmpty(script) ? null : script,
        ScriptHash = string.IsNullOrEmpty(script) ? null : HashOf(script),
        ModuleVersion = Version(),
        ModuleHash = OwnHash(),
        NativeHashes = NativeHashes(),
    };

    /// <summary>SHA-256 of a file, lower-case hexadecimal; null where it cannot be read.</summary>
    public static string? HashOf(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20);
            return Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    static Assembly Own => typeof(Provenance).Assembly;

    static string Folder => Path.GetDirectoryName(Own.Location) ?? "";

    // Without the commit that the compiler may append.
    static string Version() => Own.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    static string OwnHash()
    {
        var lines = s_own.Select(name => (name, hash: Kept(Path.Combine(Folder, name)))).Where(part => part.hash is not null).Select(part => $"{part.name} {part.hash}\n");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)))).ToLowerInvariant();
    }

    // What is mapped and not what lies in the module's folder: the first is what computes.
    static SortedDictionary<string, string> NativeHashes()
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Mapped().Where(file => s_native.Any(part => Path.GetFileName(file).Contains(part, StringComparison.OrdinalIgnoreCase)) && IsNative(file)))
            if (Kept(file) is { } hash) hashes[Path.GetFileName(file)] = hash;
        return hashes;
    }

    static string? Kept(string file) => s_hashes.GetOrAdd(file, HashOf);

    static List<string> Mapped()
    {
        try
        {
            using var process = Process.GetCurrentProcess();
            return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName).Distinct()];
        }
        catch (Exception hidden) when (hidden is Win32Exception or NotSupportedException or InvalidOperationException)
        {
            return [];
        }
    }

    // Assemblies are mapped, too.
    static bool IsNative(string file)
    {
        if (!file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) return true;
        if (!OperatingSystem.IsWindows()) return false;
        try
        {
            using var image = new PEReader(File.OpenRead(file));
            return !image.HasMetadata;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return false;
        }
    }
}
