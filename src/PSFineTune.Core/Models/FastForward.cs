using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using PSFineTune.Models.Onnx;
using PSFineTune.Native;
using static TorchSharp.torch;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace PSFineTune.Models;

/// <summary>
/// Some of a network's layer groups without gradients, by the weights it had when this was made: a copy of its own, in
/// the engine that does this fastest. The same input gives the same bytes with as many threads.
/// </summary>
sealed class FastForward : IDisposable
{
    static readonly string[] s_inputs = [OnnxGraph.Input], s_outputs = [OnnxGraph.Output];

    readonly InferenceSession _session;
    readonly RunOptions _options = new();

    FastForward(InferenceSession session) => _session = session;

    /// <summary>All of a network; null where the engine cannot be loaded or has no form of the network, and libtorch has to do.</summary>
    public static FastForward? Of(Classifier network) => Of(network, 0, network.Groups.Count);

    /// <summary>The groups from one up to, but without, another; null as above, or where the network is not on the CPU, on which alone it computes.</summary>
    public static FastForward? Of(Classifier network, int fromGroup, int toGroup) =>
        network.Exports(fromGroup, toGroup) && network.Device.type == TorchSharp.DeviceType.CPU && OnnxEngine.IsReady ? new(OnnxEngine.NewSession(network.ToOnnx(fromGroup, toGroup), TorchRuntime.Threads)) : null;

    /// <summary>As <see cref="Classifier.Forward(Tensor, int, int)"/>: channels-last strides in and, at a boundary, out.</summary>
    public Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var rows = x.Dimensions == 4 ? x.permute(0, 2, 3, 1).contiguous() : x.contiguous();
        var (values, shape) = Run(MemoryMarshal.Cast<byte, float>(rows.bytes), rows.shape);
        var y = tensor(values, shape);
        return (shape.Length == 4 ? y.permute(0, 3, 1, 2) : y).MoveToOuterDisposeScope();
    }

    /// <summary>Logits, N x classes, or the activations at a boundary, N x H x W x channels.</summary>
    /// <param name="input">Images or activations, N x H x W x channels.</param>
    /// <param name="shape">Of the input; any N, and any H and W that the network takes.</param>
    public unsafe (float[] Values, long[] Shape) Run(ReadOnlySpan<float> input, params long[] shape)
    {
        fixed (float* values = input)
        {
            using var given = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (nint)values, (long)input.Length * sizeof(float));
            using var results = _session.Run(_options, s_inputs, [given], s_outputs);
            return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[0].GetTensorTypeAndShape().Shape);
        }
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }
}
