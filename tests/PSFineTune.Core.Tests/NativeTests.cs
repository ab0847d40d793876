using PSFineTune.Native;
using Xunit;
using static TorchSharp.torch;

namespace PSFineTune.Tests;

public class NativeTests
{
    [Fact]
    public void Torch_computes()
    {
        using var sum = ones(3, 4).sum();
        Assert.Equal(12, sum.item<float>());
    }

    [Fact]
    public void Elf_fix_refuses_a_file_it_does_not_know()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["x.so"], "not an ELF file at all, whatever its name says");
        var refused = Assert.Throws<InvalidDataException>(() => ElfVersionNeed.Relax(folder["x.so"], folder["y.so"]));
        Assert.Contains("not a 64-bit little-endian ELF file", refused.Message);
        Assert.False(File.Exists(folder["y.so"]));
    }

    [Fact]
    public void Elf_fix_is_idempotent()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "an ELF library is only on Linux");
        using var folder = new TempFolder();
        var built = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        ElfVersionNeed.Relax(built, folder["once.so"]);
        Assert.Equal(File.ReadAllBytes(built), File.ReadAllBytes(folder["once.so"]));
    }
}
