import type { JSX } from "preact";

import type { Field } from "../api/types";
import { nothingFor } from "../parts/never";
import { RichText } from "../parts/rich-text";
import { CheckboxesControl } from "./controls/checkboxes";
import { ConsentControl } from "./controls/consent";
import { DateControl } from "./controls/date";
import { DateOfBirthControl } from "./controls/date-of-birth";
import { EmailControl, MultiLineControl, NumberControl, PhoneControl, SingleLineControl } from "./controls/text";
import { PartsControl } from "./controls/parts";
import type { ControlProps } from "./controls/props";
import { RadiosControl } from "./controls/radios";
import { ScaleControl } from "./controls/scale";
import { SelectControl } from "./controls/select";
import { UploadControl } from "./controls/upload";

/** A field, whichever type it is of. */
export function FieldView({ field, ...props }: ControlProps<Field>): JSX.Element | null {
  switch (field.type) {
    case "single_line":
      return <SingleLineControl field={field} {...props} />;
    case "multi_line":
      return <MultiLineControl field={field} {...props} />;
    case "email":
      return <EmailControl field={field} {...props} />;
    case "phone":
      return <PhoneControl field={field} {...props} />;
    case "number":
      return <NumberControl field={field} {...props} />;
    case "date":
      return <DateControl field={field} {...props} />;
    case "date_of_birth":
      return <DateOfBirthControl field={field} {...props} />;
    case "name":
    case "address":
      return <PartsControl field={field} {...props} />;
    case "radios":
    case "patient_type":
    case "location":
      return <RadiosControl field={field} {...props} />;
    case "select":
    case "clinician":
      return <SelectControl field={field} {...props} />;
    case "checkboxes":
    case "days_of_week":
    case "times_of_day":
    case "body_area":
      return <CheckboxesControl field={field} {...props} />;
    case "scale":
      return <ScaleControl field={field} {...props} />;
    case "upload":
      return <UploadControl field={field} {...props} />;
    case "consent":
      return <ConsentControl field={field} {...props} />;
    case "static_text":
      return <RichText html={field.text} class="field--wide" />;
    case "hidden":
      return null;
    default:
      return nothingFor(field);
  }
}
