using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PSFineTune.Downloads;
using PSFineTune.Runtimes;

namespace PSFineTune.Tests;

/// <summary>Packages that look like those of TorchSharp for CUDA: a bridge, and a library in three pieces that lie in three of them.</summary>
sealed class FakePackages
{
    public const string Platform = "linux-x64";
    public const string Big = "libtorch_cuda.so";

    public static readonly string Native = $"runtimes/{Platform}/native/";

    readonly Dictionary<string, Dictionary<string, byte[]>> _packages = [];

    /// <param name="bytes">Size of the large library.</param>
    public FakePackages(int bytes = 3000)
    {
        Content = new byte[bytes];
        new Random(7).NextBytes(Content);
        var (first, second) = (bytes / 3, bytes / 2);
        this["TorchSharp"] = new() { [Native + "libLibTorchSharp.so"] = "a bridge"u8.ToArray(), [Native + "libtorch_python.so"] = [1], ["TorchSharp.nuspec"] = [2] };
        this["libtorch-cuda-part1-primary"] = new() { [Native + Big] = Content[..first], [$"{Native}{Big}.sha"] = Encoding.ASCII.GetBytes(Sha(Content)) };
        this["libtorch-cuda-part1-fragment1"] = new() { [$"fragments/{Platform}/native/{Big}.fragment1"] = Content[first..second] };
        this["libtorch-cuda-part1-fragment2"] = new() { [$"fragments/{Platform}/native/{Big}.fragment2"] = Content[second..] };
    }

    /// <summary>The same packages by other names.</summary>
    public FakePackages Renamed(string ending)
    {
        foreach (var id in _packages.Keys.ToList())
            if (_packages.Remove(id, out var files)) _packages[id + ending] = files;
        return this;
    }

    /// <summary>The large library as it has to become.</summary>
    public byte[] Content { get; }

    public Dictionary<string, byte[]> this[string id]
    {
        get => _packages[id];
        set => _packages[id] = value;
    }

    public RuntimeEntry Entry => new() { Runtime = Platform, Accelerator = "cuda", Version = "9.9.9", Packages = [.. _packages.Keys.Select(id => new RuntimePackage { Id = id, Version = "1.0.0" })] };

    /// <summary>The same, with hashes that the module vouches for.</summary>
    public RuntimeEntry Pinned => Entry with { Packages = [.. Entry.Packages.Select(package => package with { Sha256 = Sha(Zip(package.Id)), Bytes = Zip(package.Id).Length })] };

    public byte[] Zip(string id)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in _packages[id])
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }
        return memory.ToArray();
    }

    /// <summary>All of them, flat in a folder.</summary>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var id in _packages.Keys) File.WriteAllBytes(Path.Combine(folder, $"{id}.1.0.0.nupkg".ToLowerInvariant()), Zip(id));
        return folder;
    }

    public static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>A request to a source, without pauses between tries.</summary>
    public static RuntimeRequest Request(RuntimeEntry entry, string root, params string[] sources) => new()
    {
        Entry = entry, Root = root,
        Sources = [.. sources.Select(source => NuGetSource.Of(new NuGetSourceSetting("", source), new DownloadOptions { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5), Retries = 2 }))],
    };
}
