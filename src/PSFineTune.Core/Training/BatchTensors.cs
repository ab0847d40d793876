using static TorchSharp.torch;

namespace PSFineTune.Training;

/// <summary>A batch as tensors; the caller's scope frees them.</summary>
static class BatchTensors
{
    /// <summary>N x 3 x H x W in channels-last strides, as the reader wrote them; no copy, so the batch must outlive the tensor.</summary>
    public static Tensor Pixels(this Batch batch)
    {
        var block = batch.Inputs[ImageReader.Input];
        var (height, width) = (block.Shape[0], block.Shape[1]);
        return frombuffer(block.Values, float32, batch.Count * height * width * 3).view(batch.Count, height, width, 3).permute(0, 3, 1, 2);
    }

    public static Tensor TargetTensor(this Batch batch) => tensor(batch.Targets[..(batch.Count * batch.Classes)], [batch.Count, batch.Classes]);

    public static Tensor WeightTensor(this Batch batch) => tensor(batch.Weights[..batch.Count]);
}
