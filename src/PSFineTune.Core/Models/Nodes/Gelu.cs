using static TorchSharp.torch;

namespace PSFineTune.Models.Nodes;

/// <summary>x times the normal distribution's share below x, exact, https://arxiv.org/abs/1606.08415.</summary>
sealed record Gelu : TokenNode
{
    public override Run Bind(Binding binding) => nn.functional.gelu;
}

/// <summary>The hyperbolic tangent.</summary>
sealed record Tanh : TokenNode
{
    public override Run Bind(Binding binding) => x => x.tanh();
}
