using PSFineTune.Models;
using PSFineTune.Optimizers;
using TorchSharp;
using static TorchSharp.torch;

namespace PSFineTune.Training.Frozen;

/// <summary>
/// The best linear output layer on features that stay: multinomial logistic regression with an L2 penalty, fitted to
/// convergence. Fine-tuning that begins with it distorts the features less than from a random layer (Kumar et al. 2022,
/// LP-FT, https://arxiv.org/abs/2202.10054).
/// </summary>
static class LinearProbe
{
    const int Iterations = 200;

    /// <summary>What the head is given of each batch, and the class probabilities of its samples; both row after row.</summary>
    /// <param name="network">Before the head it stays as it is.</param>
    /// <param name="reader">Of the batches.</param>
    /// <param name="fromGroup">The first layer group that a batch goes through.</param>
    /// <param name="batches">Of the training samples.</param>
    /// <param name="penalty">To name in the fault.</param>
    /// <exception cref="FineTuneException">BadPlanSetting: the head is not one linear layer.</exception>
    public static IEnumerable<(float[] Features, float[] Targets)> Features(Classifier network, SampleReader reader, int fromGroup, IEnumerable<Batch> batches, double penalty)
    {
        if (Head(network) is null) throw Fault.BadPlanSetting(nameof(TrainingPlan.ProbePenalty), penalty, $"left out: the head of this network is not one linear layer on features");
        using var fast = FastForward.Of(network, fromGroup, network.Groups.Count - 1);
        network.Training = false;
        foreach (var batch in batches) yield return (Of(batch), batch.Targets[..(batch.Count * batch.Classes)]);

        float[] Of(Batch batch)
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var x = reader.Tensor(batch);
            return (fast?.Forward(x) ?? network.Forward(x, fromGroup, network.Groups.Count - 1)).data<float>().ToArray();
        }
    }

    /// <summary>Fits the head to the features that it is given.</summary>
    /// <param name="network">Its head is changed, nothing else.</param>
    /// <param name="features">Samples x C, row after row.</param>
    /// <param name="targets">Class probabilities, samples x classes.</param>
    /// <param name="classes">Count of classes.</param>
    /// <param name="penalty">Half of it times the sum of squares of the standardised weights is added to the mean cross-entropy.</param>
    public static void Fit(Classifier network, float[] features, float[] targets, int classes, double penalty)
    {
        using var scope = NewDisposeScope();
        var (x, t) = (tensor(features).clone().to(network.Device).view(-1, features.Length / (targets.Length / classes)), tensor(targets).to(network.Device).view(-1, classes));
        var mean = x.mean([0L]);
        var scale = x.std(0, unbiased: false).Add(1e-6);
        x = (x - mean) / scale;
        var weight = nn.Parameter(zeros([classes, x.shape[1]], device: network.Device));
        var bias = nn.Parameter(zeros([classes], device: network.Device));
        using var optimizer = optim.LBFGS([weight, bias], lr: 1, max_iter: Iterations, history_size: 20, tolerange_grad: 1e-6, tolerance_change: 1e-10);
        var half = tensor((float)(penalty / 2));
        using var one = 1.ToScalar();
        optimizer.step(() =>
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            var loss = (t * nn.functional.log_softmax(nn.functional.linear(x, weight, bias), 1)).sum(1).neg().mean().add(half * (weight * weight).sum(), one);
            loss.backward();
            return loss.MoveToOuterDisposeScope();
        });
        using var still = no_grad();
        var (headWeight, headBias) = Head(network)!.Value;
        headWeight.copy_(weight / scale);
        headBias.copy_(bias - (weight * (mean / scale)).sum(1));
    }

    /// <summary>Weight and bias of a head that is one linear layer on pooled features; null for any other.</summary>
    public static (Tensor Weight, Tensor Bias)? Head(Classifier network)
    {
        var tensors = network.Specs.Where(spec => spec.Group == network.Groups[^1]).ToList();
        return network.IsFlat(network.Groups.Count - 1) && tensors is [{ Shape.Length: 2 } weight, { Shape.Length: 1 } bias] ? (network.State[weight.Name], network.State[bias.Name]) : null;
    }
}
