using PSFineTune.Text.Svm;

namespace PSFineTune.Text.LibSvm;

/// <summary>
/// The model files of LIBSVM: a header of named numbers, then a support vector a line, its coefficients before its features.
/// </summary>
static class LibSvmModel
{
    /// <exception cref="FineTuneException">CannotWrite.</exception>
    public static void Write(SupportVectors model, string path) => DurableFile.Write(path, stream => Write(model, stream));

    /// <exception cref="FineTuneException">CannotRead, BadLibSvmModel, TooManyNumbers.</exception>
    public static SupportVectors Read(string path)
    {
        using var stream = LibSvmFile.Open(path);
        return Read(stream, path);
    }

    public static void Write(SupportVectors model, Stream stream)
    {
        var text = new SparseText(stream);
        text.Add("svm_type c_svc\nkernel_type ").Add(model.Kernel.LibSvmName).Add("\n");
        if (model.Kernel is PolynomialKernel polynomial) text.Line("degree", [polynomial.Degree]).Line("gamma", [polynomial.Gamma]).Line("coef0", [polynomial.Coef0]);
        if (model.Kernel is RbfKernel rbf) text.Line("gamma", [rbf.Gamma]);
        text.Line("nr_class", [model.Labels.Length]).Line("total_sv", [model.Vectors.Count]).Line("rho", model.Thresholds).Line("label", model.Labels.Select(label => (double)label));
        if (model.Sigmoids is { } sigmoids) text.Line("probA", sigmoids.Select(sigmoid => sigmoid.A)).Line("probB", sigmoids.Select(sigmoid => sigmoid.B));
        text.Line("nr_sv", model.Counts.Select(count => (double)count)).Add("SV\n");
        for (var vector = 0; vector < model.Vectors.Count; vector++)
        {
            for (var other = 0; other < model.Coefficients.Length; other++) text.Add(other == 0 ? "" : " ").Add(model.Coefficients[other][vector]);
            text.Add(model.Vectors.Columns(vector), model.Vectors.Values(vector)).Add("\n");
        }
        text.Flush();
    }

    /// <param name="source">Read to its end; stays open.</param>
    /// <param name="name">For messages.</param>
    public static SupportVectors Read(Stream source, string name)
    {
        var lines = new ByteLines(source, name);
        var line = new SparseLine(Wrong);
        var header = LibSvmHeader.Read(lines, line, Wrong);
        // Nothing is made as large as the header says: what is kept grows with what the file holds.
        var (vectors, coefficients) = (new SparseRows(), header.Labels.Skip(1).Select(_ => new List<double>()).ToArray());
        while (lines.Next())
        {
            if (vectors.Count == header.Vectors) throw Wrong($"another support vector, where total_sv says {header.Vectors}");
            var rest = lines.Current;
            foreach (var column in coefficients) column.Add(line.Number(SparseLine.Word(ref rest), "a coefficient"));
            line.Read(rest);
            vectors.Add(line.Columns, line.Values);
        }
        if (vectors.Count < header.Vectors) throw Wrong($"the file ends after {vectors.Count} of {header.Vectors} support vectors");
        return new(header.Kernel, header.Labels, vectors, header.Counts, [.. coefficients.Select(column => column.ToArray())], header.Thresholds, header.Sigmoids);

        FineTuneException Wrong(string what) => Fault.BadSvmModel(name, Math.Max(1, lines.Number), what);
    }
}
