using System.Runtime.Intrinsics.X86;
using System.Text;

namespace PSFineTune.Native;

/// <summary>What the processor does not tell, where libraries count on it.</summary>
static class Processor
{
    /// <summary>
    /// An AMD processor whose caches a virtual machine hides: leaf 8000001D of AMD's CPUID is empty. There the oneDNN of
    /// libtorch 2.10 plans its AVX2 and AVX-512 convolutions by sizes of zero. It divides by them, which ends the process
    /// (ResNet50), or computes something else (ResNet18's logits were off by 2 %); its AVX convolutions are right, and took
    /// 1.2 times the processor's time.
    /// </summary>
    public static bool HidesCaches { get; } = X86Base.IsSupported && Vendor() == "AuthenticAMD" && Leaves(0x80000000) >= 0x8000001D && Caches() == 0;

    static uint Leaves(uint first) => (uint)X86Base.CpuId((int)first, 0).Eax;

    static int Caches() => X86Base.CpuId(unchecked((int)0x8000001D), 0).Eax;

    static string Vendor()
    {
        var (_, ebx, ecx, edx) = X86Base.CpuId(0, 0);
        return Encoding.ASCII.GetString([.. BitConverter.GetBytes(ebx), .. BitConverter.GetBytes(edx), .. BitConverter.GetBytes(ecx)]);
    }
}
