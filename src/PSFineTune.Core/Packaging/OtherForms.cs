using System.Text;

namespace PSFineTune.Packaging;

/// <summary>What a file that was taken for weights may be instead, by its first bytes.</summary>
static class OtherForms
{
    /// <summary>In words that go on from "it".</summary>
    /// <param name="first">Some hundred bytes, or all of a shorter file.</param>
    public static string Guess(ReadOnlySpan<byte> first)
    {
        var words = first.StartsWith("\uFEFF"u8) ? first[3..].TrimStart(" \t\r\n"u8) : first.TrimStart(" \t\r\n"u8);
        return first switch
        {
            [] => "is empty",
            [0x1F, 0x8B, ..] => "is compressed by gzip",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "is HDF5, as Keras writes it",
            [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => "is an array of NumPy",
            [(byte)'P', (byte)'K', ..] => "is a zip file",
            [0x80, >= 2 and <= 5, ..] => "is a pickle of Python",
            _ when words.StartsWith("version https://git-lfs"u8) => "is a pointer of Git LFS, whose file was never fetched (git lfs pull)",
            _ when Begins(words, "<!doctype html"u8) || Begins(words, "<html"u8) => "is a web page, such as one that asks for a login or says that there is no such file",
            _ when !IsText(first) => "begins as no form that is known here",
            _ when words is [(byte)'{' or (byte)'[', ..] => "is JSON",
            _ when words is [(byte)'<', ..] => "is XML",
            _ => "is text",
        };
    }

    static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> with) => text.Length >= with.Length && Ascii.EqualsIgnoreCase(text[..with.Length], with);

    static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            if (value < ' ' && value is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f')) return false;
        return true;
    }
}
