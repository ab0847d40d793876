using System.Security.Cryptography;

namespace PSFineTune.Data;

/// <summary>What reading a file told.</summary>
/// <param name="Hash">SHA-256 of the content; null where it is no usable image.</param>
/// <param name="Reason">Why it is none; null where it is one.</param>
readonly record struct ImageContent(byte[]? Hash, string? Reason);

/// <summary>Hashes and decodes files once; what the cache knows is not read again.</summary>
/// <param name="root">Where relative paths start.</param>
/// <param name="cache">Of the root.</param>
/// <param name="decode">Decodes the bytes of the file of that path, or throws a fault.</param>
sealed class ImageContents(string root, ContentCache cache, Action<byte[], string> decode)
{
    /// <summary>One content for each image, in their order. A cancelled reading is remembered as far as it came.</summary>
    public ImageContent[] Read(IReadOnlyList<FoundFile> images, FileWork work, CancellationToken cancel)
    {
        var known = cache.Load();
        var contents = images.Select(image => new ImageContent(known.GetValueOrDefault((image.Path, image.Size, image.Time)), null)).ToArray();
        var unread = Enumerable.Range(0, images.Count).Where(i => contents[i].Hash is null).ToArray();
        try
        {
            if (unread.Length > 0) work.Run("Reading images", unread.Length, i => contents[unread[i]] = ReadOne(images[unread[i]]), cancel);
        }
        finally
        {
            if (unread.Length > 0 || known.Count != images.Count)
                cache.Save(images.Zip(contents).Where(pair => pair.Second.Hash is not null).Select(pair => (pair.First, pair.Second.Hash!)));
        }
        return contents;
    }

    ImageContent ReadOne(FoundFile image)
    {
        var path = Path.GetFullPath(image.Path, root);
        try
        {
            // The bytes that are hashed are those that were decoded, whatever happens to the file meanwhile.
            var bytes = File.ReadAllBytes(path);
            decode(bytes, path);
            return new(SHA256.HashData(bytes), null);
        }
        catch (Exception wrong) when (wrong is FineTuneException or IOException or UnauthorizedAccessException)
        {
            return new(null, wrong.Message);
        }
    }
}
