using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>What is known of a batch as tensors; the caller's scope frees them.</summary>
static class BatchTensors
{
    public static Tensor TargetTensor(this Batch batch) => tensor(batch.Targets[..(batch.Count * batch.Classes)], [batch.Count, batch.Classes]);

    public static Tensor WeightTensor(this Batch batch) => tensor(batch.Weights[..batch.Count]);
}
