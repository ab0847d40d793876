namespace PSFineTune.Models.Nodes;

/// <summary>max(x, 0), in place: it must follow a node that makes a tensor of its own.</summary>
sealed record Relu : Node
{
    public override Run Bind(Binding binding) => x => x.relu_();
}

/// <summary>x kept within 0..6, in place: it must follow a node that makes a tensor of its own.</summary>
sealed record Relu6 : Node
{
    public override Run Bind(Binding binding) => x => x.relu6_();
}
