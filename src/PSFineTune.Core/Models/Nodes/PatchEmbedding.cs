using PSFineTune.Models.Onnx;
using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>
/// An image's patches as tokens behind a class token, each with its place's vector added: N x 3 x H x W to N x (1 + patches) x Size,
/// https://arxiv.org/abs/2010.11929. Places of another grid than the weights' come between theirs, bicubic with the corners
/// kept; the weights stay as they are, so that every size learns the same ones.
/// </summary>
/// <param name="Size">Of a token.</param>
/// <param name="Patch">Side of a patch, pixels; what is left over at the right and below is not seen.</param>
/// <param name="Grid">Patches of a side that the weights have places for.</param>
sealed record PatchEmbedding(int Size, int Patch, int Grid) : Node
{
    const string ClassToken = "class_token", Places = "encoder.pos_embedding";

    public override bool MakesTokens => true;

    public override IEnumerable<Part> Parts => [new(ClassToken, [1, 1, Size], Filling.Zero), new(Places, [1, Grid * Grid + 1, Size], Filling.Normal(0.02))];

    public override IEnumerable<Named> Inner =>
        [new("conv_proj", new Conv(3, Size, Patch, Patch) { Bias = true, Filling = Filling.Normal(Math.Sqrt(1.0 / (3 * Patch * Patch))) })];

    public override Run Bind(Binding binding)
    {
        var (first, places, project) = (binding[ClassToken], binding[Places], binding.Bind(Inner.Single()));
        return x =>
        {
            using var scope = NewDisposeScope();
            var patches = project(x).to_type(first.dtype).permute(0, 2, 3, 1);
            var tokens = cat([first.expand(x.shape[0], 1, Size), patches.flatten(1, 2)], 1);
            return tokens.Plus(PlacesOf(places, patches.shape[1], patches.shape[2])).MoveToOuterDisposeScope();
        };
    }

    public override string Export(OnnxGraph graph, Binding binding, string x)
    {
        using var scope = NewDisposeScope();
        var map = binding.Export(Inner.Single(), graph, x);
        var patches = graph.Add("Reshape", [graph.Add("Transpose", [map], ("perm", [0, 2, 3, 1])), graph.Constant(0, -1, Size)]);
        var shape = graph.Add("Shape", [map]);
        var first = graph.Add("Expand", [graph.Constant(binding[ClassToken]), graph.Add("Concat", [Sides(0, 1), graph.Constant(1, Size)], ("axis", 0))]);
        // From the size of the input as it comes.
        var resized = graph.Add("Resize", [graph.Constant(OnGrid(binding[Places])), "", "", graph.Add("Concat", [graph.Constant(1, Size), Sides(2, 4)], ("axis", 0))],
            ("mode", "cubic"), ("coordinate_transformation_mode", "align_corners"));
        var places = graph.Add("Transpose", [graph.Add("Reshape", [resized, graph.Constant(1, Size, -1)])], ("perm", [0, 2, 1]));
        var all = graph.Add("Concat", [graph.Constant(binding[Places].narrow(1, 0, 1)), places], ("axis", 1));
        return graph.Add("Add", [graph.Add("Concat", [first, patches], ("axis", 1)), all]);

        string Sides(long from, long to) => graph.Add("Slice", [shape, graph.Constant([from]), graph.Constant([to])]);
    }

    Tensor PlacesOf(Tensor places, long rows, long columns)
    {
        if (rows == Grid && columns == Grid) return places;
        var between = nn.functional.interpolate(OnGrid(places), [rows, columns], mode: InterpolationMode.Bicubic, align_corners: true);
        return cat([places.narrow(1, 0, 1), between.flatten(2).transpose(1, 2)], 1);
    }

    // 1 x Size x Grid x Grid.
    Tensor OnGrid(Tensor places) => places.narrow(1, 1, Grid * Grid).transpose(1, 2).reshape(1, Size, Grid, Grid);
}
