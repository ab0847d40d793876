using PSFineTune.Data;
using PSFineTune.Models;

namespace PSFineTune.Training;

/// <summary>How good a network is on the validation samples.</summary>
static class Validation
{
    /// <summary>Mean cross-entropy and accuracy; NaN where there are no validation samples.</summary>
    public static (double Loss, double Accuracy) Judge(Classifier network, BatchLoader loader, Dataset data, CancellationToken cancel, int fromGroup = 0)
    {
        var (loss, hits, seen) = (0.0, 0, 0);
        foreach (var (row, scores) in Inference.Run(network, loader, data.RowsOf(Split.Validation), cancel, fromGroup))
        {
            var label = data.LabelAt(row);
            loss -= Math.Log(Math.Max(scores[label], 1e-30f));
            hits += Array.IndexOf(scores, scores.Max()) == label ? 1 : 0;
            seen++;
        }
        return seen == 0 ? (double.NaN, double.NaN) : (loss / seen, (double)hits / seen);
    }
}
