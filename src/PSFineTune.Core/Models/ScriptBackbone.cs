using PSFineTune.Native;
using PSFineTune.Packaging;
using static TorchSharp.torch;

namespace PSFineTune.Models;

/// <summary>A loaded TorchScript program that makes features of images; it never learns. It is freed with the last network that has it.</summary>
sealed class ScriptBackbone
{
    readonly jit.ScriptModule<Tensor, Tensor> _module;
    readonly string _source;

    ScriptBackbone(jit.ScriptModule<Tensor, Tensor> module, string source, string sha256) => (_module, _source, Sha256) = (module, source, sha256);

    /// <summary>Of the file, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Loads the program, which may run any of its code.</summary>
    /// <param name="file">Its bytes; those that are hashed are those that are loaded.</param>
    /// <param name="source">To name in a fault.</param>
    /// <param name="sha256">What its hash must be; null for any.</param>
    /// <exception cref="FineTuneException">CodeNotAllowed, WeightsChanged, BadTorchScript, CannotRead.</exception>
    public static ScriptBackbone Load(PartSource file, string source, string? sha256)
    {
        CodeConsent.Require(source);
        TorchRuntime.Ensure();
        var folder = Directory.CreateTempSubdirectory("psfinetune-");
        try
        {
            // A copy of this account alone: nobody exchanges it between the hash and the loading.
            var copy = Path.Combine(folder.FullName, TorchScriptBackbone.PartName);
            using (var from = file.Open())
            using (var to = new FileStream(copy, FileMode.CreateNew, FileAccess.Write, FileShare.None)) from.CopyTo(to);
            var hash = PartSource.OfFile(copy).Sha256();
            if (sha256 is not null && hash != sha256) throw Fault.WeightsChanged(source);
            var module = jit.load<Tensor, Tensor>(copy);
            module.eval();
            return new(module, source, hash);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw Fault.CannotRead(source, wrong);
        }
        catch (Exception wrong) when (wrong is not FineTuneException)
        {
            throw Fault.BadTorchScript(source, FirstLine(wrong));
        }
        finally
        {
            Leftovers.TryRemove(folder.FullName);
        }
    }

    /// <summary>Features, N x C: what the program returns, or the means over each channel where that is N x C x H x W.</summary>
    /// <param name="images">N x 3 x H x W.</param>
    /// <param name="count">How many there are to be of each image; null for any number.</param>
    /// <exception cref="FineTuneException">BadTorchScript: it fails, or returns something else.</exception>
    public Tensor Features(Tensor images, long? count = null)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        try
        {
            var made = _module.call(images);
            if (made.Dimensions == 4) made = made.mean([2, 3]);
            if (made.Dimensions != 2 || made.shape[0] != images.shape[0]) throw Fault.BadTorchScript(_source, $"it returns a tensor of {string.Join(" x ", made.shape)} for images of {string.Join(" x ", images.shape)}; features are N x C or N x C x H x W");
            if (count is not null && made.shape[1] != count) throw Fault.BadTorchScript(_source, FormattableString.Invariant($"it returns {made.shape[1]} features for images of {images.shape[3]} pixels, and {count} for those of its InputSize; leave -ImageSize out and give the size as @{{ TorchScriptBackbone = @{{ InputSize = {images.shape[3]} }} }}"));
            // A program may hand out the same memory twice.
            return made.to(ScalarType.Float32).clone().MoveToOuterDisposeScope();
        }
        catch (Exception wrong) when (wrong is not FineTuneException)
        {
            throw Fault.BadTorchScript(_source, FirstLine(wrong));
        }
    }

    /// <summary>Numbers of features of an image.</summary>
    /// <param name="size">Side of the image, pixels.</param>
    /// <exception cref="FineTuneException">BadTorchScript.</exception>
    public int Count(int size)
    {
        using var image = zeros(1, 3, size, size);
        using var features = Features(image);
        return (int)features.shape[1];
    }

    static string FirstLine(Exception wrong) => wrong.Message.Split('\n')[0].TrimEnd('.', '\r');
}
