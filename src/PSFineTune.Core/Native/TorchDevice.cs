using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace PSFineTune.Native;

/// <summary>The door to what computes: the processor, or a GPU that has shown that it can.</summary>
static partial class TorchDevice
{
    static readonly ConcurrentDictionary<string, Device> s_tried = new();

    /// <summary>What a plan may be computed on, on some machine; of GPUs also one by its number, as cuda:1.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["cpu", "cuda"];

    /// <summary>What there is, whether it computes or not.</summary>
    public static IEnumerable<string> All => ["cpu", .. Enumerable.Range(0, Gpus).Select(index => $"cuda:{index}")];

    static int Gpus => TorchRuntime.HasCuda ? cuda.device_count() : 0;

    /// <summary>Whether a device may be called so, on some machine.</summary>
    public static bool IsName(string name) => Form().IsMatch(name);

    /// <summary>What must be known of a run on a device; null for nothing.</summary>
    public static string? Warning(string name) => name == "cpu" ? null
        : $"The run computes on {name}, where sums are added in no fixed order: one that is resumed or repeated may differ in its last bits from one that was never stopped.";

    /// <summary>A device of this machine. A library that loads is not yet one that computes, so each is tried once.</summary>
    /// <param name="name">As <see cref="IsName"/>.</param>
    /// <exception cref="FineTuneException">NoSuchDevice, NativeLoadFailed, ForeignLibtorch.</exception>
    public static Device Of(string name) => s_tried.GetOrAdd(name, Tried);

    static Device Tried(string name)
    {
        TorchRuntime.Ensure();
        if (name == "cpu") return CPU;
        var index = name == "cuda" ? 0 : int.Parse(name.AsSpan("cuda:".Length), CultureInfo.InvariantCulture);
        if (index >= Gpus)
            throw !TorchRuntime.HasCuda ? Fault.NoSuchDevice(name, "the tensor library that is installed has no CUDA", All, $"install the library that has it: {Runtimes.RuntimeList.Own.CudaCommand()}")
                : Gpus == 0 ? Fault.NoSuchDevice(name, "CUDA finds no GPU", All, "install or update NVIDIA's driver until nvidia-smi lists the GPU")
                : Fault.NoSuchDevice(name, "there are not so many GPUs", All, "give one of these");
        var device = new Device(TorchSharp.DeviceType.CUDA, index);
        try
        {
            Convolve(device);
        }
        // TorchSharp takes a GPU for ready though a library of cuDNN is missing: what that throws, and when, is anyone's guess.
        catch (Exception wrong) when (wrong is not FineTuneException)
        {
            throw Fault.NoSuchDevice(name, $"a convolution failed ({TorchRuntime.Reason(wrong.Message)})", All, $"update NVIDIA's driver, and where that does not help run {Runtimes.RuntimeList.Own.CudaCommand(again: true)}", wrong);
        }
        return device;
    }

    /// <summary>A convolution forward and backward whose result is known.</summary>
    /// <exception cref="InvalidOperationException">It gave another.</exception>
    public static void Convolve(Device device)
    {
        using var scope = NewDisposeScope();
        using var weight = ones([1, 1, 3, 3], device: device, requires_grad: true);
        var loss = nn.functional.conv2d(ones([1, 1, 5, 5], device: device), weight, padding: [1, 1]).sum();
        loss.backward();
        var (forward, backward) = (loss.item<float>(), weight.grad!.sum().item<float>());
        // A 5 x 5 field of ones under a 3 x 3 kernel of ones: 13 * 13 covered cells, each seen once by each weight that reaches
        // it. A GPU may compute it by way of a transform, which rounds.
        if (!(Math.Abs(forward - 169) < 0.01 && Math.Abs(backward - 169) < 0.01)) throw new InvalidOperationException($"a convolution of ones gave {forward} forward and {backward} backward, not 169");
    }

    [GeneratedRegex(@"\A(cpu|cuda(:\d{1,4})?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
