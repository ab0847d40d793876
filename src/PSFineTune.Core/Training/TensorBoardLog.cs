using TorchSharp;
using TorchSharp.Modules;

namespace PSFineTune.Training;

/// <summary>The metrics of each epoch as an event file that TensorBoard reads.</summary>
/// <param name="folder">The file is made in it with the first epoch.</param>
sealed class TensorBoardLog(string folder)
{
    SummaryWriter? _writer;

    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public void Add(EpochMetric metric)
    {
        try
        {
            Scalar("loss/train", metric.TrainLoss, metric.Epoch);
            Scalar("loss/validation", metric.ValidationLoss, metric.Epoch);
            Scalar("accuracy", metric.Accuracy, metric.Epoch);
            Scalar("learning_rate", metric.LearningRate, metric.Epoch);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotWrite(folder, wrong);
        }
    }

    // What was not measured, as validation without samples, has no point.
    void Scalar(string name, double value, int epoch)
    {
        if (double.IsNaN(value)) return;
        Native.TorchRuntime.Ensure();
        Directory.CreateDirectory(folder);
        _writer ??= torch.utils.tensorboard.SummaryWriter(folder, createRunName: false);
        _writer.add_scalar(name, (float)value, epoch);
    }
}
