namespace PSFineTune.Embeddings;

/// <summary>Makes numbers of images or texts, so that like ones lie near each other.</summary>
abstract class Embedder : IDisposable
{
    /// <summary>What the numbers are, for a reader.</summary>
    public abstract string Name { get; }

    /// <summary>What the numbers depend on besides the item; null where they are made faster than remembered.</summary>
    public virtual string? Key => null;

    /// <summary>Items a pass takes at once.</summary>
    public virtual int BatchSize => 32;

    /// <summary>The least effect that counts as drift where nobody says: photos turned by ten degrees come to about as much.</summary>
    public const double UsualLeastEffect = 0.005;

    /// <summary>As <see cref="UsualLeastEffect"/>, by these numbers.</summary>
    public virtual double LeastEffect => UsualLeastEffect;

    /// <summary>Of up to <see cref="BatchSize"/> items, in their order; a broken item has a fault and the others do not notice.</summary>
    public abstract IReadOnlyList<Featured> Of(IReadOnlyList<string> items, CancellationToken cancel);

    /// <summary>The numbers of all items that are compared, on the scale that they are compared by; must treat all items alike.</summary>
    public virtual IReadOnlyList<float[]> Scaled(IReadOnlyList<float[]> all) => all;

    public virtual void Dispose() { }
}
