namespace PSFineTune.Training;

/// <summary>Numbers that the convolutions and linear layers of a training step are computed in.</summary>
public enum Precision
{
    /// <summary>24 bits of precision, about seven digits.</summary>
    Float32,

    /// <summary>8 bits of precision, two to three digits, in half the memory; fast only where the processor has instructions for it.</summary>
    BFloat16,
}
