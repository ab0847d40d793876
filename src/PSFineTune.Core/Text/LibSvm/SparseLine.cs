using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace PSFineTune.Text.LibSvm;

/// <summary>Words of a line, and features as LIBSVM writes them: index:value, ascending from 1. Buffers are used again for each line.</summary>
/// <param name="wrong">The fault of the line, given what is wrong with it.</param>
sealed class SparseLine(Func<string, FineTuneException> wrong)
{
    const int Shown = 40;

    int[] _columns = new int[64];
    double[] _values = new double[64];
    int _count;

    /// <summary>From 0, ascending, without those of value 0.</summary>
    public ReadOnlySpan<int> Columns => _columns.AsSpan(0, _count);

    /// <summary>As the columns.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    /// <summary>The highest index that was named, those of value 0 too.</summary>
    public int Highest { get; private set; }

    /// <summary>Takes the first word off a line; nothing where there is none.</summary>
    public static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t"u8);
        var end = line.IndexOfAny((byte)' ', (byte)'\t');
        var word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }

    /// <summary>A finite number.</summary>
    /// <param name="word">As text.</param>
    /// <param name="what">It is, for the message.</param>
    public double Number(ReadOnlySpan<byte> word, string what)
    {
        // Most values of texts are one digit.
        if (word.Length == 1 && char.IsAsciiDigit((char)word[0])) return word[0] - '0';
        return double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number : throw wrong($"{what} is '{Show(word)}', which is not a finite number");
    }

    /// <summary>Reads the features of a line.</summary>
    public void Read(ReadOnlySpan<byte> line)
    {
        (_count, Highest) = (0, 0);
        while (Word(ref line) is { Length: > 0 } word)
        {
            var colon = word.IndexOf((byte)':');
            if (colon < 0) throw wrong($"'{Show(word)}' is not index:value");
            if (!Utf8Parser.TryParse(word[..colon], out int index, out var used) || used != colon || colon == 0 || index < 1)
                throw wrong($"the index of '{Show(word)}' is not a whole number from 1 to {int.MaxValue}{(word[..colon].SequenceEqual("0"u8) ? "; of scikit-learn's dump_svmlight_file, zero_based=False makes such files" : "")}");
            if (index <= Highest) throw wrong($"index {index} follows index {Highest}; indices must ascend");
            Highest = index;
            var value = Number(word[(colon + 1)..], $"the value of feature {index}");
            if (value == 0) continue;
            if (_count == _columns.Length)
            {
                Array.Resize(ref _columns, 2 * _count);
                Array.Resize(ref _values, 2 * _count);
            }
            (_columns[_count], _values[_count++]) = (index - 1, value);
        }
    }

    /// <summary>A word as it can stand in a message.</summary>
    public static string Show(ReadOnlySpan<byte> word) => Encoding.UTF8.GetString(word.Length > Shown ? word[..Shown] : word) + (word.Length > Shown ? "…" : "");
}
