namespace PSFineTune.Metrics;

/// <summary>The sums of a confusion matrix, which are all that precision, recall and F1 are made of.</summary>
/// <param name="classes">How many.</param>
sealed class Margins(int classes)
{
    /// <summary>Samples of each class that are predicted as it.</summary>
    public int[] Hits { get; } = new int[classes];

    /// <summary>Samples of each class.</summary>
    public int[] Support { get; } = new int[classes];

    /// <summary>Samples predicted as each class.</summary>
    public int[] Predicted { get; } = new int[classes];

    public void Add(int label, int predicted, int count)
    {
        Support[label] += count;
        Predicted[predicted] += count;
        if (label == predicted) Hits[label] += count;
    }

    public void Clear()
    {
        Array.Clear(Hits);
        Array.Clear(Support);
        Array.Clear(Predicted);
    }

    public double Accuracy => Ratio(Hits.Sum(), Support.Sum());

    /// <summary>Of the classes that occur as a label or as a prediction.</summary>
    public double MacroF1
    {
        get
        {
            var (sum, present) = (0.0, 0);
            for (var index = 0; index < classes; index++)
            {
                if (!Occurs(index)) continue;
                sum += F1(index);
                present++;
            }
            return sum / present;
        }
    }

    public bool Occurs(int index) => Support[index] + Predicted[index] > 0;

    public double Precision(int index) => Ratio(Hits[index], Predicted[index]);

    public double Recall(int index) => Ratio(Hits[index], Support[index]);

    public double F1(int index) => Ratio(2 * Hits[index], Support[index] + Predicted[index]);

    static double Ratio(int part, int whole) => whole == 0 ? 0 : part / (double)whole;
}
