namespace PSFineTune;

static partial class Fault
{
    // Characters of a text that a message holds.
    const int Shown = 200;

    public static FineTuneException NoDriftReference() =>
        new("NoDriftReference", FaultKind.InvalidArgument, "There is nothing to compare with: neither a model nor a reference was given.",
            "Give -Model, whose validation samples are then the reference, or -Reference with a dataset of Import-ImageDataset or Import-TextDataset.");

    public static FineTuneException NothingNew(int given, int readable) =>
        new("NothingNew", FaultKind.InvalidData, given == 0 ? "There are no new samples." : readable == 0 ? $"None of the {given} new samples can be read."
            : given == readable ? "There is only 1 new sample, and two are needed." : $"Only {readable} of {given} new samples can be read, and two are needed.",
            "Give files, folders, texts or a dataset with two or more samples.");

    public static FineTuneException NoFeatures(string item) =>
        new("NoFeatures", FaultKind.InvalidData, $"What is made of '{(item.Length > Shown ? item[..Shown] + "…" : item)}' are not all finite numbers.",
            "Look at the sample. Where it is sound, the weights of the model have grown too large: train it again at a lower learning rate.", item);

    public static FineTuneException OtherKindThanReference(bool referenceIsTexts) =>
        new("OtherKindThanReference", FaultKind.InvalidArgument, referenceIsTexts ? "The reference are texts, and the new samples are images." : "The reference are images, and the new samples are texts.",
            "Give new samples of the kind that the model was trained on, or another reference.");
}
