using static TorchSharp.torch;

namespace PSFineTune.Models;

sealed partial class Classifier
{
    /// <summary>The layer groups that have a map, N x C x H x W, input to output; of one that pools at its end the map is what it pools.</summary>
    public IReadOnlyList<string> MapGroups => [.. Groups.Where((_, group) => RankAt(group) == 4 && NodesToMap(group) > 0)];

    /// <summary>A group's map, from the network's input.</summary>
    /// <param name="inputs">As for <see cref="Forward(Tensor)"/>.</param>
    /// <param name="group">Index of one of <see cref="MapGroups"/>.</param>
    public Tensor MapOf(Tensor inputs, int group)
    {
        using var scope = NewDisposeScope();
        return Through(Forward(inputs, 0, group), group, 0, NodesToMap(group)).MoveToOuterDisposeScope();
    }

    /// <summary>The logits that come of a group's map.</summary>
    public Tensor FromMap(Tensor map, int group)
    {
        using var scope = NewDisposeScope();
        return Forward(Through(map, group, NodesToMap(group), _bodies[group].Nodes.Length), group + 1, Groups.Count).MoveToOuterDisposeScope();
    }

    // Those before the first that flattens or makes tokens.
    int NodesToMap(int group) => _bodies[group].Nodes.TakeWhile(node => !node.Node.Flattens && !node.Node.MakesTokens).Count();

    Tensor Through(Tensor x, int group, int from, int to) => new Nodes.Sequence(_bodies[group].Nodes[from..to]).Bind(new(this, ""))(x);
}
