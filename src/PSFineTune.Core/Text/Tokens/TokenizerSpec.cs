using PSFineTune.Packaging;

namespace PSFineTune.Text.Tokens;

/// <summary>How a text becomes tokens, as data.</summary>
public abstract record TokenizerSpec
{
    /// <summary>Between the tokens of an n-gram.</summary>
    internal virtual string Joint => " ";

    /// <summary>Files that it reads: the name by which they travel with a model, and where they are, full path. They are kept in the package.</summary>
    internal virtual IEnumerable<(string Name, string Path)> Files => [];

    /// <summary>The same with full paths.</summary>
    /// <param name="full">Makes a path full.</param>
    internal virtual TokenizerSpec Resolve(Func<string, string> full) => this;

    /// <exception cref="FineTuneException">A setting cannot be used; the message says what is known.</exception>
    internal virtual void Validate() { }

    /// <summary>The tokenizer for one thread; what it reads is read once a process.</summary>
    /// <param name="parts">Of a trained model, whose files are taken instead of those on the disk.</param>
    /// <exception cref="FineTuneException">A file is missing or damaged.</exception>
    internal abstract Tokenizer Open(ModelParts parts);
}
