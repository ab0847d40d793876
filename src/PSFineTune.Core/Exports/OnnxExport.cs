namespace PSFineTune.Exports;

/// <summary>What an exported model's weights are kept as.</summary>
public enum OnnxQuantization
{
    /// <summary>Float32, as they were trained.</summary>
    None,

    /// <summary>Eight bits; what they are multiplied with is rounded to eight bits as it comes (dynamic quantisation).</summary>
    Dynamic,
}

/// <summary>A model that was written as ONNX, and what came of comparing it.</summary>
public sealed record OnnxExport
{
    /// <summary>The .onnx file, full path.</summary>
    public string Path { get; init; } = "";

    /// <summary>The file beside it that holds the weights; null where they are in the first. It must travel along, under its name.</summary>
    public string? DataPath { get; init; }

    /// <summary>Name of the architecture.</summary>
    public string Model { get; init; } = "";

    /// <summary>Output i of the model is class i.</summary>
    public IReadOnlyList<string> Classes { get; init => field = value.ToIndexable(); } = [];

    public IReadOnlyList<OnnxValue> Inputs { get; init => field = value.ToIndexable(); } = [];

    public IReadOnlyList<OnnxValue> Outputs { get; init => field = value.ToIndexable(); } = [];

    /// <summary>Version of ONNX's operators.</summary>
    public int Opset { get; init; }

    public OnnxQuantization Quantization { get; init; }

    /// <summary>Of both files together.</summary>
    public long Bytes { get; init; }

    /// <summary>Samples that ONNX Runtime and this module were both asked about; 0 where the check was skipped.</summary>
    public int Checked { get; init; }

    /// <summary>Whether those samples are the package's probes; false where they were made up.</summary>
    public bool CheckedOnProbes { get; init; }

    /// <summary>Samples for which another class came first.</summary>
    public int OtherClasses { get; init; }

    /// <summary>How far a logit lies at most outside of what this module itself answers for the sample, alone and among others; as a share of the sample's largest logit, or of the usual sample's where that is larger; NaN where the check was skipped.</summary>
    public double LargestDifference { get; init; } = double.NaN;

    /// <summary>What <see cref="LargestDifference"/> was allowed to be; NaN where the check was skipped.</summary>
    public double Tolerance { get; init; } = double.NaN;

    /// <summary>How far this module's own answers for a sample, alone and among others, lie apart at most, at most 0.001; a share as <see cref="LargestDifference"/>.</summary>
    public double OwnDifference { get; init; } = double.NaN;
}

/// <summary>An input or output of an exported model.</summary>
public sealed record OnnxValue
{
    public string Name { get; init; } = "";

    /// <summary>Of its numbers, as ONNX calls it: FLOAT, UINT8, INT64.</summary>
    public string Type { get; init; } = "";

    /// <summary>Sides, such as batch x 3 x 224 x 224; a word stands for any number.</summary>
    public string Shape { get; init; } = "";

    public override string ToString() => $"{Name} {Type} {Shape}";
}

/// <summary>What an export is to be like.</summary>
sealed record OnnxSettings
{
    /// <summary>The graph takes 8-bit pixels and scales them itself.</summary>
    public bool IncludePreprocessing { get; init; }

    public OnnxQuantization Quantization { get; init; }

    /// <summary>The file is moved into place whatever it answers.</summary>
    public bool SkipCheck { get; init; }

    /// <summary>Bytes of weights beyond which they get a file of their own: a message of Protocol Buffers has less than 2 GiB.</summary>
    public long ExternalAbove { get; init; } = 2_000_000_000;
}
