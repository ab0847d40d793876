using System.Text;
using PSFineTune.Text.Svm;

namespace PSFineTune.Text.LibSvm;

/// <summary>What a model file says before its support vectors, checked to fit together.</summary>
sealed record LibSvmHeader(SvmKernel Kernel, int[] Labels, double[] Thresholds, Sigmoid[]? Sigmoids, int[] Counts, int Vectors)
{
    // LIBSVM's names of lines; the first that has to be there and is not is named.
    static readonly string[] s_needed = ["svm_type", "kernel_type", "nr_class", "total_sv", "rho", "label", "nr_sv"];
    static readonly string[] s_known = [.. s_needed, "degree", "gamma", "coef0", "probA", "probB"];

    /// <summary>Reads to the line SV.</summary>
    public static LibSvmHeader Read(ByteLines lines, SparseLine line, Func<string, FineTuneException> wrong)
    {
        var (words, numbers) = (new Dictionary<string, string>(), new Dictionary<string, double[]>());
        while (true)
        {
            if (!lines.Next()) throw wrong("the file ends before the line SV");
            var rest = lines.Current;
            var name = SparseLine.Show(SparseLine.Word(ref rest));
            if (name == "SV") break;
            if (!s_known.Contains(name)) throw wrong($"'{name}' is no line of a C-SVC model; known are {string.Join(", ", s_known)}");
            if (words.ContainsKey(name) || numbers.ContainsKey(name)) throw wrong($"{name} stands here a second time");
            if (name is "svm_type" or "kernel_type") words[name] = Encoding.UTF8.GetString(rest.Trim(" \t"u8));
            else numbers[name] = Numbers(rest, line, name);
        }
        if (s_needed.FirstOrDefault(name => !words.ContainsKey(name) && !numbers.ContainsKey(name)) is { } missing) throw wrong($"there is no line {missing} before SV");
        if (words["svm_type"] != "c_svc") throw wrong($"svm_type is '{words["svm_type"]}'; only c_svc is known here");

        // Of a count that the lines do not bear out nothing is made.
        var classes = Whole(One("nr_class"), "nr_class", 2, int.MaxValue);
        var pairs = classes * (classes - 1L) / 2;
        int[] labels = [.. Many("label", classes).Select(label => Whole(label, "label", int.MinValue, int.MaxValue))];
        if (labels.Distinct().Count() < labels.Length) throw wrong("a label stands twice");
        int[] counts = [.. Many("nr_sv", classes).Select(count => Whole(count, "nr_sv", 0, int.MaxValue))];
        var vectors = Whole(One("total_sv"), "total_sv", 0, int.MaxValue);
        if (counts.Sum(count => (long)count) != vectors) throw wrong($"total_sv is {vectors}, but the numbers of nr_sv make {counts.Sum(count => (long)count)}");
        if (numbers.ContainsKey("probA") != numbers.ContainsKey("probB")) throw wrong("of probA and probB only one is there");
        Sigmoid[]? sigmoids = numbers.ContainsKey("probA") ? [.. Many("probA", pairs).Zip(Many("probB", pairs), (a, b) => new Sigmoid(a, b))] : null;
        return new(Kernel(), labels, Many("rho", pairs), sigmoids, counts, vectors);

        SvmKernel Kernel() => words["kernel_type"] switch
        {
            "linear" => new LinearKernel(),
            "rbf" => new RbfKernel { Gamma = One("gamma") },
            "polynomial" => new PolynomialKernel { Gamma = One("gamma"), Coef0 = One("coef0"), Degree = Whole(One("degree"), "degree", 0, int.MaxValue) },
            var other => throw wrong($"kernel_type is '{other}'; known here are linear, polynomial and rbf"),
        };

        double One(string name) => Many(name, 1)[0];

        double[] Many(string name, long count) => !numbers.TryGetValue(name, out var found) ? throw wrong($"there is no line {name} before SV")
            : found.Length == count ? found : throw wrong($"{name} has {found.Length} numbers; it must have {count}");

        int Whole(double number, string name, int least, int most) => number == Math.Floor(number) && number >= least && number <= most ? (int)number
            : throw wrong(FormattableString.Invariant($"{name} is {number}; it must be a whole number from {least} to {most}"));
    }

    static double[] Numbers(ReadOnlySpan<byte> rest, SparseLine line, string name)
    {
        var numbers = new List<double>();
        while (SparseLine.Word(ref rest) is { Length: > 0 } word) numbers.Add(line.Number(word, name));
        return [.. numbers];
    }
}
