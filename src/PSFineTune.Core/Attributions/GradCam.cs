using PSFineTune.Models;
using PSFineTune.Packaging;
using static TorchSharp.torch;

namespace PSFineTune.Attributions;

/// <summary>
/// Where a network of images finds its class: the channels of a layer's map, each weighted by the mean slope of the class's
/// logit over it, summed, and what is below 0 left out (Grad-CAM, Selvaraju et al. 2017, https://arxiv.org/abs/1610.02391). One pass an
/// image, as coarse as the layer's map.
/// </summary>
public sealed record GradCam : AttributionMethod
{
    /// <summary>Name of a layer group with a map; null for the last before the head whose map has more than one field.</summary>
    public string? Layer { get; init; }

    internal override bool Explains(ModelSpec model) => model is NetworkSpec { DefaultPreprocessing: not null };

    internal override AttributionMethod At(string layer) => this with { Layer = layer };

    internal override ImageExplainer OfImages(NetworkPredictor predictor, int side) => new Machine(predictor.Network, Layer, side);

    sealed class Machine : ImageExplainer
    {
        readonly Classifier _network;
        readonly int _group;

        public Machine(Classifier network, string? layer, int side)
        {
            if (network.MapGroups.Count == 0) throw Fault.NoMaps(network.Groups);
            (_network, Layer) = (network, layer is null ? Last(network, side) : Known(network, layer));
            _group = IndexOf(network, Layer);
        }

        public override string Layer { get; }

        public override ExplainedImages Explain(Tensor images, int? label, CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            _network.Training = false;
            using var scope = NewDisposeScope();
            Tensor map;
            using (no_grad()) map = _network.MapOf(images, _group);
            map = map.detach().requires_grad_();
            var logits = _network.FromMap(map, _group);
            var scores = Softmax(logits.detach().cpu());
            var labels = Labels(scores, label);
            var chosen = logits.gather(1, tensor(Array.ConvertAll(labels, index => (long)index), [labels.Length, 1], device: logits.device)).sum();
            var slopes = autograd.grad([chosen], [map])[0];
            var heat = (slopes.mean([2, 3], keepdim: true) * map.detach()).sum(1).relu().cpu().contiguous();
            var (height, width) = ((int)heat.shape[1], (int)heat.shape[2]);
            return new(scores, labels, [.. heat.data<float>().ToArray().Chunk(height * width).Select(values => Array.ConvertAll(values, value => (double)value))], width, height);
        }

        static string Known(Classifier network, string layer)
        {
            if (!network.Groups.Contains(layer, StringComparer.OrdinalIgnoreCase)) throw Fault.Unknown("layer group", layer, network.Groups);
            return network.MapGroups.FirstOrDefault(name => name.Equals(layer, StringComparison.OrdinalIgnoreCase)) ?? throw Fault.FlatLayer(layer, network.MapGroups);
        }

        // Of small images the last maps may be single points, which tell nothing of where.
        static string Last(Classifier network, int side)
        {
            network.Training = false;
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var x = Classifier.ChannelsLast(zeros(1, 3, side, side));
            return network.MapGroups.Where(name => name != network.Groups[^1]).Reverse().FirstOrDefault(name => network.MapOf(x, IndexOf(network, name)) is { Dimensions: 4 } map && map.shape[2] * map.shape[3] > 1)
                ?? network.MapGroups[0];
        }

        static int IndexOf(Classifier network, string name) => Enumerable.Range(0, network.Groups.Count).First(group => network.Groups[group] == name);
    }
}
